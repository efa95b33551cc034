namespace Sentinel.Proxy.Routes;

/// <summary>A service to protect: <c>Sentinel:Downstreams:&lt;name&gt;</c>.</summary>
public sealed class DownstreamOptions
{
    /// <summary>
    /// Its addresses (comma-separated), for example <c>http://10.0.0.1:3000, http://10.0.0.2:3000</c>. No default, but
    /// for the downstream <c>default</c>: <c>DOWNSTREAM_URL</c>.
    /// </summary>
    public string Addresses { get; set; } = "";

    /// <summary>How it reads keys. Default <c>Sentinel:Credentials:Profile</c>.</summary>
    public string Profile { get; set; } = "";

    /// <summary>
    /// Whose keys it takes. Downstreams of one realm share bindings and must share the profile. Default: the realm of
    /// all that name none.
    /// </summary>
    public string Realm { get; set; } = "";

    /// <summary>
    /// Which of its addresses is taken: <c>PowerOfTwoChoices</c> (the default), <c>RoundRobin</c>,
    /// <c>LeastRequests</c>, <c>Random</c> or <c>FirstAlphabetical</c>, which is the first that is healthy.
    /// </summary>
    public string LoadBalancing { get; set; } = "PowerOfTwoChoices";

    /// <summary>
    /// Whether its <c>http</c> addresses speak HTTP/2 without TLS, as gRPC does. Default false: HTTP/1.1. With TLS both
    /// are offered.
    /// </summary>
    public bool Http2 { get; set; }

    /// <summary>
    /// The path that its addresses are asked for to see whether they are well, for example <c>/health</c>. By default
    /// they are not asked.
    /// </summary>
    public string HealthPath { get; set; } = "";

    /// <summary>How often they are asked. Default 10 s.</summary>
    public TimeSpan HealthInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an address may take to answer. Default 5 s.</summary>
    public TimeSpan HealthTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long an address is left out after too many of its requests have failed. By default none is left out for
    /// that.
    /// </summary>
    public TimeSpan? RestAfterFailures { get; set; }
}
