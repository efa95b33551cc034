using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Sentinel.ServiceDefaults.Draining;

internal static class DrainExtensions
{
    // For what is written down after the last request.
    private static readonly TimeSpan _afterwards = TimeSpan.FromSeconds(30);

    public static void AddDraining(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<DrainOptions>()
            .BindConfiguration(DrainOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<Drain>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Drain>());
        builder.Services.AddSingleton<IStartupFilter, LastAnswers>();
        builder.Services.AddOptions<HostOptions>().Configure<Drain>(
            (host, drain) => host.ShutdownTimeout = drain.Notice + drain.Limit + _afterwards);
        builder.Services.AddOptions<KestrelServerOptions>().Configure<Drain>((kestrel, drain) =>
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Use(
                next => connection => drain.FollowAsync(connection, next))));
    }

    /// <summary>During the notice each answer is the last of its connection.</summary>
    private sealed class LastAnswers(Drain drain) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(downstream => context =>
            {
                if (drain.IsNoticed && context.Request.Headers.Upgrade.Count == 0)
                {
                    // On HTTP/2 the header means nothing, and Kestrel leaves it out.
                    context.Response.Headers.Connection = "close";
                }

                return downstream(context);
            });
            next(app);
        };
    }
}
