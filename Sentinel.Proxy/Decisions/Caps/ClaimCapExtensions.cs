using Sentinel.Core.Callers;
using Sentinel.ServiceDefaults.Settings;

namespace Sentinel.Proxy.Decisions.Caps;

internal static class ClaimCapExtensions
{
    public static void AddClaimCaps(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<ClaimCapOptions>()
            .BindConfiguration(ClaimCapOptions.SectionName)
            .ValidateDataAnnotations()
            .Validate(
                options => CommaList.Split(options.Exempt).All(text => Network.TryParse(text, out _)),
                "Sentinel:Decisions:Caps:Exempt is a list of networks such as 10.0.0.0/8, separated by commas.")
            .ValidateOnStart();
        builder.Services.AddSingleton<LocalClaimCounters>();
        builder.Services.AddSingleton<NetworkQueues>();
        builder.Services.AddSingleton<ClaimCaps>();
    }
}
