using Microsoft.Extensions.Options;
using Sentinel.Proxy.Credentials;
using Sentinel.Storage.Spool;

namespace Sentinel.Proxy.Trail;

internal static class TrailExtensions
{
    public static void AddTrail(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<TrailOptions>()
            .BindConfiguration(TrailOptions.SectionName)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddOptions<AlertOptions>()
            .BindConfiguration(AlertOptions.SectionName)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddSingleton(services =>
            new InterceptSeal(services.GetRequiredService<IOptions<CredentialOptions>>().Value.SecretTexts));
        builder.Services.AddSingleton<DiskSpool>();
        builder.Services.AddSingleton<TrailMetrics>();
        builder.Services.AddSingleton<InterceptSink>();
        builder.Services.AddSingleton<SpoolReplay>();
        builder.Services.AddSingleton<InterceptQueue>();
        builder.Services.AddSingleton<InterceptWriter>();
        builder.Services.AddSingleton<LastUses>();
        builder.Services.AddSingleton<DayTally>();
        builder.Services.AddSingleton<RefusalTally>();
        builder.Services.AddSingleton<AlertWatch>();
        builder.Services.AddSingleton<ITrailWriter>(services => services.GetRequiredService<InterceptWriter>());
        builder.Services.AddSingleton<ITrailWriter>(services => services.GetRequiredService<SpoolReplay>());
        builder.Services.AddSingleton<ITrailWriter>(services => services.GetRequiredService<LastUses>());
        builder.Services.AddSingleton<ITrailWriter>(services => services.GetRequiredService<DayTally>());
        builder.Services.AddSingleton<ITrailWriter>(services => services.GetRequiredService<AlertWatch>());
        builder.Services.AddSingleton<GateRecorder>();
        builder.Services.AddHostedService<TrailService>();
        builder.Services.AddHostedService<ReplicaAnnouncer>();
    }
}
