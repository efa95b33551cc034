using System.Collections.Immutable;
using Sentinel.Core.Callers;

namespace Sentinel.Core.Decisions;

/// <summary>How many first uses may come from a network before it counts as a flood.</summary>
/// <param name="Network">The network.</param>
/// <param name="Limit">How many bindings, and how many failures, within the window.</param>
public readonly record struct ClaimCap(Network Network, int Limit)
{
    private const int HostPrefix = 64;
    private const int SitePrefix = 48;

    /// <summary>
    /// The caps that hold for a caller, the narrow one first. An IPv6 site hands out 65,536 networks of its own: it is
    /// counted as a whole too.
    /// </summary>
    public static ImmutableArray<ClaimCap> Of(ClientAddress caller, int perNetwork, int perSite)
    {
        var narrow = new ClaimCap(caller.ToNetwork(32, HostPrefix), perNetwork);
        var site = new ClaimCap(caller.ToNetwork(32, SitePrefix), perSite);
        return site.Network == narrow.Network ? [narrow] : [narrow, site];
    }
}
