using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Sentinel.ServiceDefaults.Draining;
using Sentinel.ServiceDefaults.Guardrails;
using Sentinel.ServiceDefaults.Health;
using Sentinel.ServiceDefaults.Hosts;
using Sentinel.ServiceDefaults.Settings;
using Sentinel.ServiceDefaults.Telemetry;

namespace Sentinel.ServiceDefaults;

/// <summary>What all apps of Sentinel have in common.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>
    /// Adds drop-in setting names, guardrails, telemetry and health. Call it before anything reads a setting.
    /// </summary>
    public static void AddServiceDefaults(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Configuration.AddDropInNames();
        builder.CheckGuardrails();
        builder.AddTelemetry();
        builder.AddDraining();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddHealthChecks();
        builder.Services.AddSingleton<Readiness>();
        builder.Services.AddOptions<AnsweredHosts>().BindConfiguration(AnsweredHosts.SectionName);
        builder.Services.AddSingleton<IStartupFilter, HostGuard>();
    }

    /// <summary>
    /// Maps <c>GET /health</c>, which answers as long as the process does, and <c>GET /health/ready</c>, which answers
    /// 503 until every dependency has been there once.
    /// </summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapHealthEndpoints();
    }
}
