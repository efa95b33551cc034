using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Transforms;

namespace Sentinel.Proxy.Forwarding;

internal static class ForwardingExtensions
{
    /// <summary>Where Kestrel listens when nothing is said.</summary>
    private const string UsualUrl = "http://localhost:5000";

    public static void AddForwarding(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<ForwardingOptions>()
            .BindConfiguration(ForwardingOptions.SectionName)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddOptions<KestrelServerOptions>()
            .Configure<IOptions<ForwardingOptions>, IConfiguration>(Serve);
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

    private static void Serve(
        KestrelServerOptions kestrel, IOptions<ForwardingOptions> forwarding, IConfiguration settings)
    {
        Listening.Limit(kestrel, forwarding.Value);
        if (forwarding.Value.H2cPort > 0)
        {
            var urls = settings[WebHostDefaults.ServerUrlsKey] ?? AllHosts(settings[WebHostDefaults.HttpPortsKey]);
            Listening.AddH2c(kestrel, urls ?? UsualUrl, forwarding.Value.H2cPort);
        }
    }

    /// <summary>In a container only the ports are given (ASPNETCORE_HTTP_PORTS).</summary>
    private static string? AllHosts(string? ports) => string.IsNullOrWhiteSpace(ports)
        ? null
        : string.Join(';', ports.Split(';').Select(port => $"http://*:{port.Trim()}"));

    private static ValueTask HearStatusAsync(ResponseTransformContext context)
    {
        if (context.ProxyResponse is not { } response)
        {
            return ValueTask.CompletedTask;
        }

        // A downstream that speaks in our name would make its refusal look like ours.
        context.HttpContext.Response.Headers.Remove("x-sentinel-reason");
        PrivateAnswer.Add(context.HttpContext);
        return context.HttpContext.Features.Get<Probation>() is { } probation
            ? new ValueTask(probation.HearAsync(response))
            : ValueTask.CompletedTask;
    }
}
