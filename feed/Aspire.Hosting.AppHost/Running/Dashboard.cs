using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Running;

/// <summary>The real dashboard of Aspire, taken from its command-line tool on npm.</summary>
internal static partial class Dashboard
{
    public const string OtlpEndpoint = "otlp-grpc";
    public const string OtlpApiKey = "AppHost:OtlpApiKey";

    private const string Name = "aspire-dashboard";
    private const string ApiKey = "AppHost:DashboardApiKey";
    private const string BrowserToken = "AppHost:BrowserToken";

    public static bool Is(IResource resource) => resource.Name == Name;

    public static IResourceWithEndpoints? Find(IResourceCollection resources) =>
        resources.TryGetByName(Name, out var dashboard) ? (IResourceWithEndpoints)dashboard : null;

    /// <summary>Whoever holds the builder may read them, so they are made before anything else.</summary>
    public static void MakeKeys(ConfigurationManager configuration)
    {
        foreach (var key in (string[])[OtlpApiKey, ApiKey, BrowserToken])
        {
            configuration[key] ??= Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        }
    }

    public static void AddTo(IDistributedApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var tool = new DashboardTool(
            AssemblyFacts.Of(builder.AppHostAssembly, "aspiredashboardfolder")!,
            AssemblyFacts.Of(builder.AppHostAssembly, "aspiredashboardfetch")!);
        var dashboard = builder.AddExecutable(Name, tool.Path, "/", "dashboard")
            .WithHttpEndpoint(Port(configuration, "ASPNETCORE_URLS"), name: "http", isProxied: false)
            .WithHttpEndpoint(
                Port(configuration, "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"), name: OtlpEndpoint, isProxied: false)
            .WithHttpEndpoint(name: "otlp-http", isProxied: false)
            .OnBeforeResourceStarted((_, e, token) => tool.FetchAsync(
                e.Services.GetRequiredService<ILoggerFactory>().CreateLogger(Name), token));
        dashboard
            .WithEnvironment("ASPNETCORE_URLS", dashboard.GetEndpoint("http"))
            .WithEnvironment("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", dashboard.GetEndpoint(OtlpEndpoint))
            .WithEnvironment("ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL", dashboard.GetEndpoint("otlp-http"))
            .WithEnvironment(context =>
            {
                var environment = context.EnvironmentVariables;
                environment["ASPNETCORE_ENVIRONMENT"] = "Production";
                environment["DASHBOARD__FRONTEND__AUTHMODE"] = "BrowserToken";
                environment["DASHBOARD__FRONTEND__BROWSERTOKEN"] = configuration[BrowserToken]!;
                environment["DASHBOARD__OTLP__AUTHMODE"] = "ApiKey";
                environment["DASHBOARD__OTLP__PRIMARYAPIKEY"] = configuration[OtlpApiKey]!;
                environment["DASHBOARD__API__ENABLED"] = "true";
                environment["DASHBOARD__API__AUTHMODE"] = "ApiKey";
                environment["DASHBOARD__API__PRIMARYAPIKEY"] = configuration[ApiKey]!;
                environment["LOGGING__LOGLEVEL__DEFAULT"] = "Warning";
            })
            .WithHttpHealthCheck("/health");
    }

    /// <summary>The port that the AppHost wants for itself, which the original gives to the dashboard.</summary>
    private static int? Port(ConfigurationManager configuration, string setting) =>
        !configuration.GetValue<bool>("DcpPublisher:RandomizePorts")
        && Uri.TryCreate(configuration[setting]?.Split(';')[0], UriKind.Absolute, out var url)
            ? url.Port
            : null;
}
