using Microsoft.Extensions.DependencyInjection;

namespace Sentinel.AppHost;

internal static class StateFolderExtensions
{
    /// <summary>Opens the state folder, and keeps status and logs of the resources in it.</summary>
    public static void AddStateFolder(this IDistributedApplicationBuilder builder)
    {
        builder.Services.AddSingleton(StateFolder.Open(builder));
        builder.Services.AddHostedService<StatusFile>();
        builder.Services.AddHostedService<LogFiles>();
    }
}
