namespace Sentinel.Proxy.Routes;

/// <summary>All routes and downstreams.</summary>
public sealed class RoutingOptions
{
    public const string SectionName = "Sentinel";

    /// <summary>The name of the downstream of <c>DOWNSTREAM_URL</c>, and of the route that takes the rest.</summary>
    public const string Default = "default";

    /// <summary>The routes by name.</summary>
    public Dictionary<string, RouteOptions> Routes { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The services to protect by name.</summary>
    public Dictionary<string, DownstreamOptions> Downstreams { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Adds what <c>DOWNSTREAM_URL</c> alone means: a downstream, and a route that takes whatever no other route takes.
    /// </summary>
    internal void AddDefaults(string downstreamUrl, string profile)
    {
        if (downstreamUrl.Length > 0 && !Downstreams.ContainsKey(Default))
        {
            Downstreams[Default] = new DownstreamOptions();
        }

        if (Downstreams.TryGetValue(Default, out var downstream))
        {
            downstream.Addresses = downstream.Addresses.Length > 0 ? downstream.Addresses : downstreamUrl;
            _ = Routes.TryAdd(Default, new RouteOptions());
        }

        foreach (var it in Downstreams.Values.Where(it => it.Profile.Length == 0))
        {
            it.Profile = profile;
        }
    }
}
