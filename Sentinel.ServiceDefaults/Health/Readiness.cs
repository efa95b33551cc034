using System.Text.Json.Serialization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Sentinel.ServiceDefaults.Health;

/// <summary>What a health endpoint answers: <c>ok</c>, <c>degraded</c> or <c>starting</c>.</summary>
/// <param name="Status">The state in one word.</param>
/// <param name="Failing">Which dependencies do not answer; null if all do.</param>
internal sealed record HealthAnswer(
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Failing = null);

/// <summary>
/// Ready once every dependency has answered. A store that goes away later is shown, but takes no replica out of
/// service: all of them would go at once, with everything that they can still decide.
/// </summary>
internal sealed class Readiness(HealthCheckService checks)
{
    private volatile bool _hasStarted;

    public async Task<HealthAnswer> CheckAsync(CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(cancellationToken);
        string[] failing =
            [.. report.Entries.Where(entry => entry.Value.Status != HealthStatus.Healthy).Select(entry => entry.Key)];
        if (failing.Length == 0)
        {
            _hasStarted = true;
            return new HealthAnswer("ok");
        }

        return new HealthAnswer(_hasStarted ? "degraded" : "starting", failing);
    }
}
