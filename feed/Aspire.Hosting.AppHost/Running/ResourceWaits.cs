using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Running;

/// <summary>Keeps a resource waiting until those that it needs are healthy.</summary>
internal sealed class ResourceWaits(DistributedApplicationModel model, ResourceNotificationService notifications)
{
    public async Task WaitAsync(IResource resource, CancellationToken cancellationToken)
    {
        var awaited = resource.Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource.Name).ToList();
        if (awaited.Count == 0 && resource is not ProjectResource)
        {
            return;
        }

        await notifications.PublishUpdateAsync(
            resource, snapshot => snapshot with { State = KnownResourceStates.Waiting });
        await Task.WhenAll(awaited.Select(name => notifications.WaitForResourceHealthyAsync(name, cancellationToken)));
        if (resource is ProjectResource && Dashboard.Find(model.Resources) is { } dashboard)
        {
            _ = await WaitForDashboardAsync(dashboard, cancellationToken);
        }
    }

    /// <summary>
    /// An app that cannot send its first spans sends them late; without a dashboard it runs all the same.
    /// </summary>
    private Task<ResourceEvent> WaitForDashboardAsync(IResource dashboard, CancellationToken cancellationToken) =>
        notifications.WaitForResourceAsync(
            dashboard.Name,
            update => update.Snapshot.HealthStatus == HealthStatus.Healthy
                || ResourceNotificationService.IsTerminal(update.Snapshot),
            cancellationToken);
}
