using Microsoft.Extensions.Options;
using OpenTelemetry;
using Sentinel.Core.Trail;
using Sentinel.Storage.Redis;

namespace Sentinel.Proxy.Trail;

/// <summary>Counts outcomes for the dashboard, and adds them to the counters of the day.</summary>
internal sealed class DayTally(DailyCounters counters, IOptions<TrailOptions> options, TimeProvider clock)
    : ITrailWriter
{
    private long _allowed;
    private long _bound;
    private long _intercepted;

    public TimeSpan Interval { get; } = options.Value.CounterInterval;

    public void Allowed() => Interlocked.Increment(ref _allowed);

    public void Bound() => Interlocked.Increment(ref _bound);

    public void Intercepted() => Interlocked.Increment(ref _intercepted);

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var count = new DailyCount(
            DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime),
            Interlocked.Exchange(ref _allowed, 0),
            Interlocked.Exchange(ref _bound, 0),
            Interlocked.Exchange(ref _intercepted, 0));
        if (count is { Allowed: 0, Bound: 0, Intercepted: 0 })
        {
            return;
        }

        using var untraced = SuppressInstrumentationScope.Begin();
        if (!await counters.AddAsync(count, cancellationToken))
        {
            Interlocked.Add(ref _allowed, count.Allowed);
            Interlocked.Add(ref _bound, count.Bound);
            Interlocked.Add(ref _intercepted, count.Intercepted);
        }
    }
}
