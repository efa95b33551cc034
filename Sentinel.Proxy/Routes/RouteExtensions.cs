using Microsoft.Extensions.Options;
using Sentinel.Proxy.Credentials;
using Sentinel.Proxy.Forwarding;
using Yarp.ReverseProxy.Configuration;

namespace Sentinel.Proxy.Routes;

internal static class RouteExtensions
{
    private const string DownstreamUrl = $"{ForwardingOptions.SectionName}:{nameof(ForwardingOptions.DownstreamUrl)}";

    public static void AddRoutes(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<RoutingOptions>()
            .BindConfiguration(RoutingOptions.SectionName)
            .PostConfigure<IConfiguration, IOptions<CredentialOptions>>(static (routing, settings, credentials) =>
                routing.AddDefaults(settings[DownstreamUrl] ?? "", credentials.Value.Profile))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<RoutingOptions>, RoutingValidator>();
        services.AddSingleton<RouteTable>();
        services.AddSingleton<IProxyConfigProvider>(provider => provider.GetRequiredService<RouteTable>().Provider);
    }

    /// <summary>Maps all routes through the gate. Nothing that is forwarded goes around it.</summary>
    public static void MapRoutes(this WebApplication app)
    {
        var table = app.Services.GetRequiredService<RouteTable>();
        app.MapReverseProxy(proxy =>
            {
                proxy.UseGate();
                proxy.UseLoadBalancing();
                proxy.UsePassiveHealthChecks();
            })
            .ConfigureEndpoints((endpoint, config) => endpoint.WithMetadata(table.Resolve(config)));
    }
}
