using System.Collections.Immutable;
using System.Net;
using Sentinel.Core.Callers;

namespace Sentinel.Core.Alerts;

/// <summary>
/// Which addresses a webhook may be at. It is written by operators and called from inside the house: what is not
/// public is refused unless it was allowed, so that nobody reaches an inner service through it.
/// </summary>
/// <param name="allowed">Networks that may be called although they are not public.</param>
/// <param name="nat64">NAT64 prefixes of this network beside the well-known one.</param>
/// <seealso href="https://www.iana.org/assignments/iana-ipv4-special-registry"/>
/// <seealso href="https://www.iana.org/assignments/iana-ipv6-special-registry"/>
public sealed class TargetRules(ImmutableArray<Network> allowed, ImmutableArray<Nat64Prefix> nat64)
{
    private static readonly Network _global = Parse("2000::/3");

    private static readonly ImmutableArray<Network> _special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
            "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "2001::/23", "2001:db8::/32", "3fff::/20",
        }.Select(Parse),
    ];

    /// <summary>
    /// Whether an address may be connected to. An IPv6 form of an IPv4 host (mapped, NAT64, 6to4) is that host.
    /// </summary>
    public bool Allows(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var target = AddressFolding.Fold(ClientAddress.Raw(address), nat64);
        return allowed.Any(network => network.Contains(target)) || IsPublic(target);
    }

    private static bool IsPublic(ClientAddress target) =>
        (!target.IsIPv6 || _global.Contains(target)) && !_special.Any(network => network.Contains(target));

    private static Network Parse(string text) =>
        Network.TryParse(text, out var network) ? network : throw new FormatException(text);
}
