using Microsoft.Extensions.Diagnostics.HealthChecks;
using Sentinel.Core.Contracts;

namespace Sentinel.AdminApi.Overview;

/// <summary>Asks the health checks of the stores.</summary>
internal sealed class StoreHealth(HealthCheckService checks)
{
    public async Task<HealthSummary> CheckAsync(CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(cancellationToken);
        return new HealthSummary(StateOf(report, "Postgre"), StateOf(report, "Redis"));
    }

    private static string StateOf(HealthReport report, string store)
    {
        var entries = report.Entries.Where(entry => entry.Key.Contains(store, StringComparison.OrdinalIgnoreCase));
        return entries.All(entry => entry.Value.Status == HealthStatus.Healthy) ? "up" : "down";
    }
}
