using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Forwarder;

namespace Sentinel.Proxy.Forwarding;

/// <summary>YARP's own client, which streams and passes the trace on, with our limits.</summary>
internal sealed class DownstreamClientFactory(
    IOptions<ForwardingOptions> options, ILogger<ForwarderHttpClientFactory> logger)
    : ForwarderHttpClientFactory(logger)
{
    protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
    {
        base.ConfigureHandler(context, handler);
        handler.ConnectTimeout = options.Value.ConnectTimeout;
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(10); // an address may move
    }
}
