using Microsoft.Extensions.Options;
using Sentinel.Proxy.Credentials;
using Sentinel.Proxy.Forwarding;
using Sentinel.ServiceDefaults.Hosts;
using Yarp.ReverseProxy.Configuration;

namespace Sentinel.Proxy.Routes;

internal static class RouteExtensions
{
    /// <summary>By this ASP.NET knows that somebody has seen to authorization, and leaves it out.</summary>
    private const string AuthorizationIsSet = "__AuthorizationMiddlewareSet";

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
        services.AddSingleton<DeadEnd>();
        services.AddSingleton<HostRefusal>(provider => provider.GetRequiredService<DeadEnd>().RefuseHostAsync);
        services.AddSingleton<IProxyConfigProvider>(provider => provider.GetRequiredService<RouteTable>().Provider);
    }

    /// <summary>Maps all routes through the gate. Nothing that is forwarded goes around it.</summary>
    public static void MapRoutes(this WebApplication app)
    {
        // YARP brings authorization along, which would run for each request: no route here asks for it.
        ((IApplicationBuilder)app).Properties[AuthorizationIsSet] = true;
        var table = app.Services.GetRequiredService<RouteTable>();
        app.MapReverseProxy(proxy =>
            {
                proxy.UseGate();
                proxy.UseLoadBalancing();
                proxy.UsePassiveHealthChecks();
            })
            .ConfigureEndpoints((endpoint, config) =>
                endpoint.WithMetadata([table.Resolve(config), .. AllMethodsOf(config)]));
        app.MapFallback("/{**path}", app.Services.GetRequiredService<DeadEnd>().RefuseRouteAsync);
    }

    /// <summary>
    /// A WebSocket is opened by GET, but over HTTP/2 by CONNECT, which no route can name: whoever takes one takes both.
    /// </summary>
    private static IEnumerable<object> AllMethodsOf(RouteConfig config) =>
        config.Match.Methods is { } methods && methods.Contains(HttpMethods.Get)
            ? [new HttpMethodMetadata([.. methods, HttpMethods.Connect])]
            : [];
}
