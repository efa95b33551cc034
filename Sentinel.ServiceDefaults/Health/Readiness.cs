using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Sentinel.ServiceDefaults.Health;

/// <summary>
/// Ready once every dependency has answered. A store that goes away later is shown, but takes no replica out of
/// service: all of them would go at once, with everything that they can still decide.
/// </summary>
internal sealed class Readiness(
    HealthCheckService checks, IOptions<HealthCheckServiceOptions> options, TimeProvider clock)
{
    // A probe waits for three seconds; a store that is mute instead of away must not make it wait longer.
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(1);

    // What a store did not answer by then it may never answer, even if it is back.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (Task<HealthReport> Check, long StartedAt)> _running = new();
    private volatile bool _hasStarted;

    public async Task<HealthAnswer> CheckAsync(CancellationToken cancellationToken)
    {
        var names = options.Value.Registrations.Select(registration => registration.Name).ToArray();
        var healthy = await Task.WhenAll(names.Select(name => IsHealthyAsync(name, cancellationToken)));
        string[] failing = [.. names.Where((_, place) => !healthy[place])];
        if (failing.Length == 0)
        {
            _hasStarted = true;
            return new HealthAnswer("ok");
        }

        return new HealthAnswer(_hasStarted ? "degraded" : "starting", failing);
    }

    private async Task<bool> IsHealthyAsync(string name, CancellationToken cancellationToken)
    {
        var (check, _) = _running.AddOrUpdate(name, Start, (_, last) => IsWorthWaitingFor(last) ? last : Start(name));
        try
        {
            return (await check.WaitAsync(_limit, clock, cancellationToken)).Status == HealthStatus.Healthy;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Many who ask while a store is mute must not make many that wait for it.</summary>
    private bool IsWorthWaitingFor((Task Check, long StartedAt) last) =>
        !last.Check.IsCompleted && clock.GetElapsedTime(last.StartedAt) < _patience;

    // It may outlive the request that started it, and block before it waits: a client connects when first asked for.
    private (Task<HealthReport> Check, long StartedAt) Start(string name) =>
        (Task.Run(() => checks.CheckHealthAsync(it => it.Name == name, CancellationToken.None)), clock.GetTimestamp());
}
