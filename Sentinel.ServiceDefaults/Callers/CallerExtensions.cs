using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Sentinel.Core.Callers;
using Sentinel.ServiceDefaults.Settings;

namespace Sentinel.ServiceDefaults.Callers;

public static class CallerExtensions
{
    /// <summary>Adds what finds the real address of a caller behind trusted proxies.</summary>
    public static void AddCallers(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<CallerOptions>().BindConfiguration(CallerOptions.SectionName).ValidateOnStart();
        services.AddSingleton<IValidateOptions<CallerOptions>, CallerOptionsValidator>();
        services.AddSingleton<LiveCallerRules>();
        services.AddSingleton(provider =>
        {
            var live = provider.GetRequiredService<LiveCallerRules>();
            return new ClientAddressResolver(() => live.Current);
        });
        services.AddSingleton<DistributedContextPropagator, TrustedTraceContext>();
        if (builder.Environment.IsDevelopment())
        {
            services.AddSingleton<IHttpContextFactory, StrangersTrace>();
        }
    }

    /// <summary>The options were validated: whatever is no network there never comes here.</summary>
    internal static CallerRules CreateRules(CallerOptions options, IHostEnvironment environment)
    {
        var proxies = CommaList.Split(options.TrustedProxies)
            .Select(text => Network.TryParse(text, out var network) ? network : default);
        var nat64 = CommaList.Split(options.Nat64Prefixes)
            .Select(text => Nat64Prefix.TryParse(text, out var prefix) ? prefix : default);
        return new CallerRules([.. proxies])
        {
            RequiredSecret = options.ProxySecret.Length == 0 ? null : options.ProxySecret,
            LoopbackMayCall = environment.IsDevelopment(),
            Header = options.CallerHeader,
            Nat64Prefixes = [.. nat64],
        };
    }
}
