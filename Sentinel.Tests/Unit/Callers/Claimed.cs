using System.Collections.Immutable;
using System.Net;
using Sentinel.Core.Callers;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Unit.Callers;

/// <summary>What a request claims about its caller; <c>|</c> separates the lines of a header.</summary>
internal static class Claimed
{
    public static readonly ImmutableArray<Network> Proxies =
        [The.Network("10.0.0.0/8"), The.Network("127.0.0.0/8"), The.Network("::1"), The.Network("fd00::/8")];

    public static CallerVerdict Resolve(
        CallerRules rules, string peer, string? realIp, string? forwardedFor, string? secret = null) =>
        rules.Resolve(new CallerEvidence
        {
            Peer = IPAddress.Parse(peer),
            ProxySecret = secret,
            RealIp = realIp?.Split('|'),
            ForwardedFor = forwardedFor?.Split('|'),
        });
}
