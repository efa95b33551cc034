using Microsoft.Extensions.Diagnostics.HealthChecks;
using Sentinel.Core.Contracts;
using Sentinel.Storage.Redis;

namespace Sentinel.AdminApi.Overview;

/// <summary>Asks the health checks of the stores, and who announced himself.</summary>
internal sealed class SystemHealth(HealthCheckService checks, Replicas replicas)
{
    public async Task<HealthSummary> CheckAsync(CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(cancellationToken);
        var stores = new StoreStates(StateOf(report, "Postgre"), StateOf(report, "Redis"));
        var there = await replicas.ReadAsync(cancellationToken);
        return new HealthSummary(stores, there, new SpoolState(there.Sum(replica => replica.SpoolBytes)));
    }

    private static string StateOf(HealthReport report, string store)
    {
        var entries = report.Entries.Where(entry => entry.Key.Contains(store, StringComparison.OrdinalIgnoreCase));
        return entries.All(entry => entry.Value.Status == HealthStatus.Healthy) ? "up" : "down";
    }
}
