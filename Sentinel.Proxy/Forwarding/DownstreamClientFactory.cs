using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Forwarder;

namespace Sentinel.Proxy.Forwarding;

/// <summary>YARP's own client, which streams, with our limits and spans.</summary>
internal sealed class DownstreamClientFactory(
    IOptions<ForwardingOptions> options, ILogger<ForwarderHttpClientFactory> logger)
    : ForwarderHttpClientFactory(logger)
{
    protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
    {
        base.ConfigureHandler(context, handler);
        handler.ConnectTimeout = options.Value.ConnectTimeout;
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(10); // an address may move
        handler.ActivityHeadersPropagator = null; // ForwardingSpan does it for those that are recorded
    }

    protected override HttpMessageHandler WrapHandler(ForwarderHttpClientContext context, HttpMessageHandler handler) =>
        new ForwardingSpan(base.WrapHandler(context, handler));
}
