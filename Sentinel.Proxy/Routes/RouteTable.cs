using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Sentinel.Core.Credentials;
using Sentinel.Core.Routes;
using Sentinel.Proxy.Credentials;
using Sentinel.Proxy.Forwarding;
using Sentinel.ServiceDefaults.Settings;
using Yarp.ReverseProxy.Configuration;

namespace Sentinel.Proxy.Routes;

/// <summary>
/// The routes as YARP and the gate see them. They are resolved when the configuration changes, never for a request.
/// </summary>
internal sealed class RouteTable
{
    private readonly ConditionalWeakTable<RouteConfig, GateRoute> _resolved = [];
    private readonly RoutePaths _paths;
    private readonly CredentialOptions _credentials;

    public RouteTable(
        IOptionsMonitor<RoutingOptions> routing,
        IOptionsMonitor<ForwardingOptions> forwarding,
        IOptions<CredentialOptions> credentials,
        RoutePaths paths)
    {
        (_paths, _credentials) = (paths, credentials.Value);
        Provider = new InMemoryConfigProvider([], []);
        Update(routing.CurrentValue, forwarding.CurrentValue);
        _ = routing.OnChange(changed => Update(changed, forwarding.CurrentValue));
        _ = forwarding.OnChange(changed => Update(routing.CurrentValue, changed)); // either may hear of it first
    }

    /// <summary>Where YARP reads them.</summary>
    public InMemoryConfigProvider Provider { get; }

    /// <summary>The route of one of YARP's endpoints.</summary>
    public GateRoute Resolve(RouteConfig config) => _resolved.GetValue(
        config, static it => throw new InvalidOperationException($"Nobody knows the route {it.RouteId}."));

    private void Update(RoutingOptions routing, ForwardingOptions forwarding)
    {
        List<RouteConfig> routes = [];
        Dictionary<string, ClusterConfig> clusters = new(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, options) in routing.Routes)
        {
            var downstream = routing.Downstreams[options.Downstream];
            var cluster = options.IdleTimeout is null ? options.Downstream : $"{options.Downstream} for {name}";
            var route = Create(name, options, downstream);
            var config = Configure(route, options, cluster);
            clusters[cluster] = Clusters.Create(cluster, downstream, options.IdleTimeout ?? forwarding.IdleTimeout);
            _resolved.Add(config, route);
            routes.Add(config);
        }

        _paths.Use(routing.Routes.Values.Select(route => route.Path));
        Provider.Update(routes, [.. clusters.Values]);
    }

    private GateRoute Create(string name, RouteOptions options, DownstreamOptions downstream)
    {
        var profile = ProfileOf(downstream) with { Realm = RealmName.Of(downstream.Realm) };
        return new GateRoute(
            name,
            options.Access,
            options.Mode,
            options.Downstream,
            options.Access is RouteAccess.Public ? profile with { Declared = Carriers.None } : profile)
        {
            StripPrefix = options.StripPrefix,
        };
    }

    private Profile ProfileOf(DownstreamOptions downstream) =>
        Profiles.TryGet(downstream.Profile, out var profile)
            ? profile with { FoldsCase = _credentials.KeyComparison is KeyComparison.IgnoreCase }
            : throw new InvalidOperationException($"There is no profile '{downstream.Profile}'.");

    private static RouteConfig Configure(GateRoute route, RouteOptions options, string cluster) => new()
    {
        RouteId = route.Name,
        ClusterId = cluster,
        Match = new RouteMatch
        {
            Path = options.Path,
            Methods = NullIfEmpty(CommaList.Split(options.Methods)),
            Hosts = NullIfEmpty(CommaList.Split(options.Hosts)),
        },
        MaxRequestBodySize = options.MaxBodyBytes,
        Transforms = route.StripPrefix.Length == 0
            ? null
            : [new Dictionary<string, string> { ["PathRemovePrefix"] = route.StripPrefix }],

        // YARP makes an endpoint anew only if its configuration differs: it has to see what else belongs to it.
        Metadata = new Dictionary<string, string> { ["gate"] = $"{route} {options.MaxBodyBytes}" },
    };

    private static string[]? NullIfEmpty(string[] names) => names.Length == 0 ? null : names;
}
