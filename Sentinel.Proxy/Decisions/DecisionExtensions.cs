using Sentinel.Proxy.Decisions.Caps;

namespace Sentinel.Proxy.Decisions;

internal static class DecisionExtensions
{
    public static void AddDecisions(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<DecisionOptions>()
            .BindConfiguration(DecisionOptions.SectionName)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddSingleton<GateMetrics>();
        builder.Services.AddSingleton<ChangeWatch>();
        builder.Services.AddSingleton<BindingMemory>();
        builder.Services.AddSingleton<RuleBook>();
        builder.Services.AddSingleton<UnknownKeys>();
        builder.Services.AddSingleton<OtherNames>();
        builder.Services.AddSingleton<BindingLookup>();
        builder.Services.AddSingleton<UnknownLookups>();
        builder.AddClaimCaps();
        builder.Services.AddSingleton<ClaimMetrics>();
        builder.Services.AddSingleton<ClaimTrips>();
        builder.Services.AddSingleton<FirstUses>();
        builder.Services.AddSingleton<FirstUseDesk>();
        builder.Services.AddSingleton<BindingReviver>();
        builder.Services.AddSingleton<BindingContester>();
        builder.Services.AddSingleton<BindingDecider>();
        builder.Services.AddSingleton<Doubts>();
        builder.Services.AddSingleton<OpenStreams>();
        builder.Services.AddSingleton<StreamNames>();
        builder.Services.AddSingleton<StreamJudge>();
        builder.Services.AddSingleton<StreamLimits>();
        builder.Services.AddSingleton<StreamReviewer>();
        builder.Services.AddHostedService(services => services.GetRequiredService<StreamReviewer>());
        builder.Services.AddSingleton<ChangeRecipient>();
        builder.Services.AddSingleton<SnapshotKeeper>();
        builder.Services.AddHostedService(services => services.GetRequiredService<SnapshotKeeper>());
        builder.Services.AddHostedService<BellListener>();
        builder.Services.AddHostedService<FeedListener>();
    }
}
