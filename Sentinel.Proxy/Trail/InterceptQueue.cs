using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Sentinel.Core.Trail;

namespace Sentinel.Proxy.Trail;

/// <summary>A refusal, and the span in which it was decided.</summary>
internal readonly record struct Refusal(Intercept Intercept, ActivityContext Decision);

/// <summary>Refusals on their way to PostgreSQL. No request ever waits for it.</summary>
internal sealed class InterceptQueue
{
    private readonly Channel<Refusal> _waiting;
    private readonly Counter<long> _lost;

    public InterceptQueue(IOptions<TrailOptions> options, IMeterFactory meters)
    {
        _waiting = Channel.CreateBounded<Refusal>(
            new BoundedChannelOptions(options.Value.QueueLength) { SingleReader = true });
        var meter = meters.Create(GateTelemetry.SourceName);
        _lost = meter.CreateCounter<long>(
            "sentinel.trail.intercepts.lost", "{intercept}", "Refusals that found the queue full.");
        _ = meter.CreateObservableGauge(
            "sentinel.trail.intercepts.queued", () => _waiting.Reader.Count, "{intercept}", "Refusals that wait.");
    }

    public void Add(Refusal refusal)
    {
        if (!_waiting.Writer.TryWrite(refusal))
        {
            _lost.Add(1);
        }
    }

    public bool TryTake(out Refusal refusal) => _waiting.Reader.TryRead(out refusal);
}
