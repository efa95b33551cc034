using Sentinel.Core.Decisions;
using Sentinel.Core.Routes;

namespace Sentinel.Proxy.Routes;

/// <summary>A route: <c>Sentinel:Routes:&lt;name&gt;</c>.</summary>
public sealed class RouteOptions
{
    /// <summary>
    /// Which paths it takes: <c>/v1/models</c>, <c>/v1/{version}/models</c>, <c>/openai/{**rest}</c>. By default all.
    /// </summary>
    public string Path { get; set; } = "/{**path}";

    /// <summary>
    /// Which methods it takes (comma-separated); all by default. Browsers need OPTIONS too; GET takes WebSockets along.
    /// </summary>
    public string Methods { get; set; } = "";

    /// <summary>
    /// Which hosts it takes (comma-separated), such as <c>api.example.com</c> or <c>*.example.com:8080</c>; all by
    /// default.
    /// </summary>
    public string Hosts { get; set; } = "";

    /// <summary>The name of its downstream. Default <c>default</c>: that of <c>DOWNSTREAM_URL</c>.</summary>
    public string Downstream { get; set; } = RoutingOptions.Default;

    /// <summary>What it asks of those who use it: <c>binding</c> (the default) or <c>public</c>.</summary>
    public RouteAccess Access { get; set; }

    /// <summary>
    /// What becomes of what would be refused: <c>enforce</c> or <c>observe</c>. By default what counts everywhere,
    /// which is a live setting.
    /// </summary>
    public GateMode? Mode { get; set; }

    /// <summary>What is cut off the front of a path, such as <c>/proxy</c>. Nothing by default.</summary>
    public string StripPrefix { get; set; } = "";

    /// <summary>
    /// How long neither side may send anything. By default what counts everywhere, which is a live setting. A route
    /// with a limit of its own has connections and health checks of its own.
    /// </summary>
    public TimeSpan? IdleTimeout { get; set; }

    /// <summary>Largest request body in bytes. By default what counts everywhere.</summary>
    public long? MaxBodyBytes { get; set; }
}
