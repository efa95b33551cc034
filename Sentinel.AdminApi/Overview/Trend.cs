using Sentinel.Core.Contracts;
using Sentinel.Storage.Postgres;
using Sentinel.Storage.Redis;

namespace Sentinel.AdminApi.Overview;

/// <summary>
/// The outcomes of the last days: counted in Redis, and at rest in PostgreSQL. The larger count is the later.
/// </summary>
internal sealed class Trend(DailyCounters counters, OverviewQueries overview, TimeProvider clock)
{
    private const int Length = 14;

    /// <summary>The last 14 days, today the last of them. A day that nobody counted has zeros.</summary>
    public async Task<IReadOnlyList<DayCounts>> ReadAsync(CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        DateOnly[] days = [.. Enumerable.Range(1 - Length, Length).Select(today.AddDays)];
        var counted = await counters.ReadAsync(days, cancellationToken) ?? [];
        var atRest = await overview.DaysAsync(days[0], cancellationToken);
        return
        [
            .. days.Select(day =>
            {
                var live = counted.FirstOrDefault(count => count.Day == day);
                var kept = atRest.FirstOrDefault(count => count.Day == day);
                return new DayCounts(
                    day,
                    Math.Max(live?.Allowed ?? 0, kept?.Allowed ?? 0),
                    Math.Max(live?.Bound ?? 0, kept?.Bound ?? 0),
                    Math.Max(live?.Intercepted ?? 0, kept?.Intercepted ?? 0));
            }),
        ];
    }
}
