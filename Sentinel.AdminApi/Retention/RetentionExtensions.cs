namespace Sentinel.AdminApi.Retention;

internal static class RetentionExtensions
{
    public static void AddRetention(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<RetentionOptions>()
            .BindConfiguration(RetentionOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<RetentionMetrics>();
        builder.Services.AddSingleton<Sweep>();
        builder.Services.AddHostedService<SweepService>();
    }
}
