using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Running;

/// <summary>
/// Asks a running resource again and again how it is: often until it is well, then every few seconds.
/// </summary>
internal sealed class ResourceHealth(HealthCheckService checks, ResourceNotificationService notifications)
{
    private static readonly TimeSpan WhileUnwell = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan WhileWell = TimeSpan.FromSeconds(5);

    /// <summary>Before its first check a resource with checks counts as unwell.</summary>
    public static ImmutableArray<HealthReportSnapshot> NotYetKnown(IResource resource) =>
        [.. Keys(resource).Select(key => new HealthReportSnapshot(key, null, null, null))];

    public async Task WatchAsync(IResource resource, CancellationToken stopped)
    {
        var keys = Keys(resource);
        while (keys.Count > 0 && !stopped.IsCancellationRequested)
        {
            var report = await checks.CheckHealthAsync(check => keys.Contains(check.Name), stopped);
            await notifications.PublishUpdateAsync(resource, snapshot => snapshot with { HealthReports = Of(report) });
            await Task.Delay(report.Status == HealthStatus.Healthy ? WhileWell : WhileUnwell, stopped);
        }
    }

    private static HashSet<string> Keys(IResource resource) =>
        [.. resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => check.Key)];

    private static ImmutableArray<HealthReportSnapshot> Of(HealthReport report) =>
    [
        .. report.Entries.Select(entry => new HealthReportSnapshot(
            entry.Key, entry.Value.Status, entry.Value.Description, entry.Value.Exception?.Message)),
    ];
}
