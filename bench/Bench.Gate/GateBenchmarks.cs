using System.Net;
using BenchmarkDotNet.Attributes;
using Sentinel.Core.Callers;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;
using Sentinel.Proxy.Credentials;
using Sentinel.ServiceDefaults.Callers;

namespace Bench.Gate;

/// <summary>What each part of a warm decision costs, and all of them one after the other.</summary>
[MemoryDiagnoser]
public class GateBenchmarks : IDisposable
{
    private static readonly CallerRules _callerRules = new([Network.From(IPNetwork.Parse("10.0.0.0/8"))]);

    private readonly ClientAddressResolver _callers = new(() => _callerRules);

    private readonly HttpContext _request = WarmGate.NewRequest();
    private readonly DecisionRules _rules = new(GateMode.Enforce, ArchivedKeys.Approve, MaxNetworks: 8);
    private WarmGate _gate = null!;
    private KeyExtractor _keys = null!;
    private KeyFingerprint _fingerprint;
    private Binding _binding = null!;

    [GlobalSetup]
    public void SetUp()
    {
        _gate = new WarmGate();
        _keys = new KeyExtractor(_gate.Fingerprinter, new SubProtocols([]));
        _fingerprint = Fingerprint();
        _binding = Lookup()!;
    }

    [GlobalCleanup]
    public void Dispose() => _gate.Dispose();

    [Benchmark]
    public bool Caller() => _callers.Resolve(_request).IsKnown;

    [Benchmark]
    public object? Credential() =>
        _keys.TryExtract(_request, Profiles.Generic, Carriers.Authorization, out var credential, out var reason)
            ? credential
            : reason;

    [Benchmark]
    public KeyFingerprint Fingerprint() => _gate.Fingerprinter.Compute(WarmGate.Key, foldsCase: true);

    [Benchmark]
    public Binding? Lookup() => _gate.Memory.TryRecall(_fingerprint, out var binding) ? binding : null;

    [Benchmark]
    public Decision Policy() =>
        BindingPolicy.Decide(_binding, WarmGate.Caller, _rules, TimeProvider.System.GetUtcNow());

    /// <summary>The decision as a whole: at most 3 µs and 200 bytes are wanted.</summary>
    [Benchmark]
    public bool Decision()
    {
        var caller = _callers.Resolve(_request);
        var hasKey = _keys.TryExtract(
            _request, Profiles.Generic, Carriers.Authorization, out var credential, out _);
        return caller.IsKnown && hasKey
            && _gate.Memory.TryRecall(credential!.Fingerprint, out var binding)
            && BindingPolicy.Decide(binding, caller.Address, _rules, TimeProvider.System.GetUtcNow())
                is Sentinel.Core.Decisions.Decision.Forward;
    }
}
