using System.Globalization;
using System.Net;
using Sentinel.ServiceDefaults.Settings;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;

namespace Sentinel.Proxy.Routes;

/// <summary>A downstream as YARP wants to have it told.</summary>
internal static class Clusters
{
    public static ClusterConfig Create(string id, DownstreamOptions downstream, TimeSpan idleTimeout) => new()
    {
        ClusterId = id,
        Destinations = CommaList.Split(downstream.Addresses)
            .Select((address, index) => (Name: Name(index), Config: new DestinationConfig { Address = address }))
            .ToDictionary(it => it.Name, it => it.Config),
        LoadBalancingPolicy = downstream.LoadBalancing,
        HttpRequest = new ForwarderRequestConfig
        {
            ActivityTimeout = idleTimeout,
            Version = downstream.Http2 ? HttpVersion.Version20 : null,
            VersionPolicy = downstream.Http2 ? HttpVersionPolicy.RequestVersionExact : null,
        },
        HealthCheck = new HealthCheckConfig { Active = AskingOf(downstream), Passive = WatchingOf(downstream) },
    };

    /// <summary>Sorted by name they are sorted as they were given.</summary>
    private static string Name(int index) => index.ToString("d3", CultureInfo.InvariantCulture);

    private static ActiveHealthCheckConfig? AskingOf(DownstreamOptions downstream) =>
        downstream.HealthPath.Length == 0
            ? null
            : new ActiveHealthCheckConfig
            {
                Enabled = true,
                Path = downstream.HealthPath,
                Interval = downstream.HealthInterval,
                Timeout = downstream.HealthTimeout,
                Policy = HealthCheckConstants.ActivePolicy.ConsecutiveFailures,
            };

    private static PassiveHealthCheckConfig? WatchingOf(DownstreamOptions downstream) =>
        downstream.RestAfterFailures is not { } rest
            ? null
            : new PassiveHealthCheckConfig
            {
                Enabled = true,
                ReactivationPeriod = rest,
                Policy = HealthCheckConstants.PassivePolicy.TransportFailureRate,
            };
}
