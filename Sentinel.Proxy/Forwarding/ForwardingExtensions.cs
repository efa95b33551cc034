using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Transforms;

namespace Sentinel.Proxy.Forwarding;

internal static class ForwardingExtensions
{
    private const string Name = "downstream";

    public static void AddForwarding(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<ForwardingOptions>()
            .BindConfiguration(ForwardingOptions.SectionName)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IOptions<ForwardingOptions>>(Limit);
        builder.Services.AddSingleton<IProxyConfigProvider>(services =>
            Routes(services.GetRequiredService<IOptionsMonitor<ForwardingOptions>>()));
        builder.Services.AddSingleton<IForwarderHttpClientFactory, DownstreamClientFactory>();
        builder.Services.AddSingleton<Downstream>();
        builder.Services.AddReverseProxy()
            .AddTransforms(context =>
            {
                context.UseDefaultForwarders = false; // HeaderHygiene writes them from the address that was decided on
                context.AddResponseTransform(HearStatusAsync);
            });

        // YARP logs whole addresses, with the query, and every client that leaves as a failure.
        builder.Logging.AddFilter("Yarp", LogLevel.Error);
    }

    private static InMemoryConfigProvider Routes(IOptionsMonitor<ForwardingOptions> options)
    {
        var everything = new RouteConfig
        {
            RouteId = Name,
            ClusterId = Name,
            Match = new RouteMatch { Path = "{**path}" },
        };
        var routes = new InMemoryConfigProvider([everything], [Cluster(options.CurrentValue)]);
        _ = options.OnChange(changed => routes.Update([everything], [Cluster(changed)]));
        return routes;
    }

    private static ClusterConfig Cluster(ForwardingOptions options) => new()
    {
        ClusterId = Name,
        Destinations = new Dictionary<string, DestinationConfig>
        {
            [Name] = new() { Address = options.DownstreamUrl },
        },
        HttpRequest = new ForwarderRequestConfig { ActivityTimeout = options.IdleTimeout },
    };

    private static void Limit(KestrelServerOptions kestrel, IOptions<ForwardingOptions> forwarding)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = forwarding.Value.MaxBodyBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = forwarding.Value.MaxHeaderBytes;
        kestrel.Limits.MaxRequestLineSize = forwarding.Value.MaxHeaderBytes;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
    }

    private static ValueTask HearStatusAsync(ResponseTransformContext context)
    {
        if (context.ProxyResponse is not { } response)
        {
            return ValueTask.CompletedTask;
        }

        PrivateAnswer.Add(context.HttpContext);
        return context.HttpContext.Features.Get<Probation>() is { } probation
            ? new ValueTask(probation.HearAsync(response))
            : ValueTask.CompletedTask;
    }
}
