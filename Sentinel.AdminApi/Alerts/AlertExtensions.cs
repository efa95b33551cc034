using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Sentinel.AdminApi.Alerts;

internal static class AlertExtensions
{
    public static void AddAlerts(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<AlertOptions>()
            .BindConfiguration(AlertOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<AlertOptions>, AlertOptionsValidator>();
        builder.Services.TryAddSingleton(Random.Shared);
        builder.Services.AddSingleton<AlertMetrics>();
        builder.Services.AddSingleton<WebhookClient>();
        builder.Services.AddSingleton<Deliverer>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Deliverer>());
    }
}
