using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Sentinel.Core.Trail;

namespace Sentinel.Proxy.Trail;

/// <summary>A refusal, and the span in which it was decided.</summary>
internal readonly record struct Refusal(Intercept Intercept, ActivityContext Decision);

/// <summary>Refusals on their way to PostgreSQL. No request ever waits for it; what finds no room is lost.</summary>
internal sealed class InterceptQueue
{
    private readonly Channel<Refusal> _waiting;
    private readonly TrailMetrics _metrics;
    private long _lost;

    public InterceptQueue(IOptions<TrailOptions> options, TrailMetrics metrics, IMeterFactory meters)
    {
        _metrics = metrics;
        _waiting = Channel.CreateBounded<Refusal>(
            new BoundedChannelOptions(options.Value.QueueLength) { SingleReader = true });
        var meter = meters.Create(GateTelemetry.SourceName);
        _ = meter.CreateObservableGauge(
            "sentinel.trail.intercepts.queued", () => _waiting.Reader.Count, "{intercept}", "Refusals that wait.");
    }

    public void Add(Refusal refusal)
    {
        if (!_waiting.Writer.TryWrite(refusal))
        {
            _ = Interlocked.Increment(ref _lost);
            _metrics.Lost();
        }
    }

    /// <summary>How many refusals were lost since the last time.</summary>
    public long TakeLosses() => Interlocked.Exchange(ref _lost, 0);

    public bool TryTake(out Refusal refusal) => _waiting.Reader.TryRead(out refusal);
}
