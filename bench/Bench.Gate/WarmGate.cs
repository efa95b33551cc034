using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Sentinel.Core.Callers;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;
using Sentinel.Proxy.Decisions;

namespace Bench.Gate;

/// <summary>A replica's memory of many bindings, that of the request among them, and a line that lives.</summary>
internal sealed class WarmGate : IDisposable
{
    public const int Bindings = 100_000;
    public const string Key = "sk-proj-0123456789abcdefghijklmnopqrstuvwxyz";

    private static readonly string _hint = KeyHint.Of(Key);

    private readonly ChangeWatch _watch = new(TimeProvider.System);
    private readonly ITimer _beat;

    public WarmGate()
    {
        Memory = new BindingMemory(Options.Create(new DecisionOptions { MemoryEntries = 2 * Bindings }), _watch);
        _watch.HearBell();
        _beat = TimeProvider.System.CreateTimer(
            static watch => ((ChangeWatch)watch!).HearBell(), _watch, ChangeWatch.Beat, ChangeWatch.Beat);
        var readAt = TimeProvider.System.GetTimestamp();
        Memory.Remember(NewBinding(Fingerprinter.Compute(Key, foldsCase: true)), readAt);
        for (var other = 1; other < Bindings; other++)
        {
            var fingerprint = new KeyFingerprint(RandomNumberGenerator.GetBytes(KeyFingerprint.Length));
            Memory.Remember(NewBinding(fingerprint), readAt);
        }
    }

    public Fingerprinter Fingerprinter { get; } = new("the secret of the bench, which is long enough"u8.ToArray());

    public BindingMemory Memory { get; }

    public static ClientAddress Caller { get; } = ClientAddress.From(IPAddress.Parse("203.0.113.7"));

    /// <summary>What a client of OpenAI sends, by a proxy that is trusted.</summary>
    public static HttpContext NewRequest()
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse("10.0.0.1");
        context.Request.Method = "POST";
        context.Request.Path = "/v1/chat/completions";
        var headers = context.Request.Headers;
        headers.Host = "gateway.example";
        headers.Accept = "application/json";
        headers.ContentType = "application/json";
        headers.ContentLength = 200;
        headers.UserAgent = "OpenAI/JS 6.0.0";
        headers.Authorization = "Bearer " + Key;
        headers["X-Real-IP"] = "203.0.113.7";
        headers["X-Forwarded-For"] = "203.0.113.7";
        return context;
    }

    public void Dispose()
    {
        _beat.Dispose();
        Fingerprinter.Dispose();
    }

    private static Binding NewBinding(KeyFingerprint fingerprint) =>
        new(Guid.NewGuid(), fingerprint, _hint, BindingState.Active, [Caller.ToNetwork(32, 64)], Version: 1);
}
