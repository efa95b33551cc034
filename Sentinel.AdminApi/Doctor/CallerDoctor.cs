using System.Globalization;
using Sentinel.Core.Callers;
using Sentinel.Core.Contracts;
using Sentinel.Storage.Postgres;
using Sentinel.Storage.Redis;

namespace Sentinel.AdminApi.Doctor;

/// <summary>Looks for what is wrong with the addresses of callers, as an operator would.</summary>
internal sealed class CallerDoctor(CallerChains chains, CallerQueries queries)
{
    /// <summary>Fewer bindings than this may well come from one place.</summary>
    private const int FewestBindings = 3;

    private const int MostKeys = 10;

    public async Task<CallerDiagnosis> ExamineAsync(CancellationToken cancellationToken)
    {
        var seen = await chains.ReadAsync(cancellationToken);
        var warnings = new List<CallerWarning>();
        if (await queries.MostCommonNetworkAsync(cancellationToken) is { } common && IsSuspicious(common))
        {
            warnings.Add(OneAddress(common));
        }

        var kinds = (seen ?? []).Select(it => it.Chain).DistinctBy(it => (it.Peer, it.Finding));
        warnings.AddRange(kinds.Select(Warn).OfType<CallerWarning>());
        warnings.AddRange((await queries.OtherFamiliesAsync(MostKeys, cancellationToken)).Select(OneFamily));
        return new CallerDiagnosis(seen?.Select(it => Describe(it.At, it.Chain)).ToArray(), warnings);
    }

    private static CallerDiagnosisChain Describe(DateTimeOffset at, CallerChain chain) => new(
        at, chain.Peer, chain.Headers, CallerAdvice.Code(chain.Finding), chain.Caller, CallerAdvice.Reason(chain));

    private static bool IsSuspicious(CommonNetwork common) =>
        common.Of >= FewestBindings && common.Count * 2 > common.Of && CallerAdvice.IsPrivate(common.Network.Address);

    // The message is for those who read no particulars; whoever speaks another language has the particulars.
    private static CallerWarning OneAddress(CommonNetwork common) => new("private_network", string.Create(
        CultureInfo.InvariantCulture,
        $"{common.Count} of the last {common.Of} bindings carry {common.Network}, a private address: that is a proxy "
        + $"which is not trusted yet. Add it to TRUSTED_PROXIES, then unbind these keys."))
    {
        Network = common.Network.ToString(),
        Count = common.Count,
        Of = common.Of,
    };

    private static CallerWarning? Warn(CallerChain chain)
    {
        var isKnown = chain.Finding is CallerFinding.Peer or CallerFinding.Named;
        if (isKnown && !CallerAdvice.IsUntrustedProxy(chain))
        {
            return null;
        }

        var peer = chain.Peer ?? "the Unix socket";
        var code = isKnown ? "untrusted_proxy" : "caller_unknown";
        var reason = CallerAdvice.Reason(chain);
        return new CallerWarning(code, $"Requests from {peer}: {reason}") { Peer = chain.Peer, Reason = reason };
    }

    private static CallerWarning OneFamily(OtherFamily key) => new(
        "address_family",
        string.Create(
            CultureInfo.InvariantCulture,
            $"Key {key.Hint} is bound to {key.Network} and was refused to {key.Caller} {key.Count} times: the families "
            + $"differ. If that is its owner, add the network of the other family to the binding."),
        key.BindingId)
    {
        Hint = key.Hint,
        Network = key.Network.ToString(),
        Caller = key.Caller.ToString(),
        Count = key.Count,
    };
}
