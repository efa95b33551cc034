using Microsoft.Extensions.DependencyInjection;

namespace Sentinel.AppHost;

internal static class StateFolderExtensions
{
    /// <summary>Opens the state folder, and keeps status and logs of the resources in it.</summary>
    public static void AddStateFolder(this IDistributedApplicationBuilder builder)
    {
        builder.Services.AddSingleton(StateFolder.Open(builder));
        builder.Services.AddSingleton<StackSettings>();
        builder.Services.AddHostedService<StatusFile>();
        builder.Services.AddHostedService<LogFiles>();
    }

    /// <summary>
    /// Gives a replica a folder for what must outlive its process: refusals not yet written, and the snapshot.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithStateFolder(this IResourceBuilder<ProjectResource> app)
    {
        var builder = app.ApplicationBuilder;
        return builder.ExecutionContext.IsRunMode
            ? app.WithEnvironment("SENTINEL_STATE_DIR", StateFolder.Of(builder).File("state", app.Resource.Name))
            : app.WithEnvironment("SENTINEL_STATE_DIR", Pod.StateFolder).WithPod(Pod.KeepState);
    }
}
