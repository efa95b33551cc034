using System.Collections.Immutable;
using System.Net;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Sentinel.Core.Callers;

/// <summary>
/// Finds the caller. Only a proxy that is known to be ours is believed, and only about the hop that it saw itself:
/// whatever a stranger writes into a header stands further left and is never reached.
/// </summary>
/// <param name="trustedProxies">The networks of the proxies in front.</param>
public sealed class CallerRules(ImmutableArray<Network> trustedProxies)
{
    /// <summary>What a trusted proxy must show beside its address; null where its address is enough.</summary>
    public string? RequiredSecret { get; init; }

    /// <summary>Whether a loopback peer that names nobody is itself the caller: in development it is.</summary>
    public bool LoopbackMayCall { get; init; }

    public CallerHeader Header { get; init; }

    /// <summary>Prefixes under which IPv4 hosts appear as IPv6 ones, beside the well-known one.</summary>
    public ImmutableArray<Nat64Prefix> Nat64Prefixes { get; init; } = [];

    public CallerVerdict Resolve(in CallerEvidence evidence)
    {
        if (IsTrustedPeer(evidence))
        {
            return ResolveNamed(evidence);
        }

        if (evidence.Peer is null)
        {
            return new CallerVerdict(CallerFinding.NoPeer);
        }

        var caller = Fold(ClientAddress.Raw(evidence.Peer));
        return new CallerVerdict(IsTrusted(caller) ? CallerFinding.UnprovenProxy : CallerFinding.Peer, caller);
    }

    /// <summary>Whether what the peer says about others may be believed.</summary>
    public bool IsTrustedPeer(in CallerEvidence evidence)
    {
        if (evidence.IsLocalSocket)
        {
            return true;
        }

        return evidence.Peer is { } peer
            && IsTrusted(AddressFolding.Unmap(ClientAddress.Raw(peer)))
            && (RequiredSecret is null || IsRequiredSecret(evidence.ProxySecret));
    }

    internal ClientAddress Fold(ClientAddress raw) => AddressFolding.Fold(raw, Nat64Prefixes);

    internal bool IsTrusted(ClientAddress address)
    {
        foreach (var network in trustedProxies)
        {
            if (network.Contains(address))
            {
                return true;
            }
        }

        return false;
    }

    private CallerVerdict ResolveNamed(in CallerEvidence evidence)
    {
        var hasRealIp = Header is not CallerHeader.ForwardedFor && !evidence.RealIp.IsEmpty;
        var hasForwardedFor = Header is not CallerHeader.RealIp && !evidence.ForwardedFor.IsEmpty;
        if (!hasRealIp && !hasForwardedFor)
        {
            return LoopbackMayCall && evidence.Peer is { } peer && IPAddress.IsLoopback(peer)
                ? new CallerVerdict(CallerFinding.Peer, Fold(ClientAddress.Raw(peer)))
                : new CallerVerdict(CallerFinding.NobodyNamed);
        }

        var byRealIp = hasRealIp ? NamedCaller.InRealIp(this, evidence.RealIp) : default;
        var byForwardedFor = hasForwardedFor ? NamedCaller.InForwardedFor(this, evidence.ForwardedFor) : byRealIp;
        if (!hasRealIp || !byForwardedFor.IsKnown || byRealIp == byForwardedFor)
        {
            return byForwardedFor;
        }

        return byRealIp.IsKnown ? new CallerVerdict(CallerFinding.Contradiction) : byRealIp;
    }

    private bool IsRequiredSecret(string? shown) =>
        CryptographicOperations.FixedTimeEquals(
            MemoryMarshal.AsBytes(shown.AsSpan()),
            MemoryMarshal.AsBytes(RequiredSecret.AsSpan()));
}
