using System.Diagnostics.Metrics;

namespace Sentinel.AdminApi.Retention;

/// <summary>What can be counted about the sweep.</summary>
internal sealed class RetentionMetrics
{
    private readonly Counter<long> _removed;
    private readonly Histogram<double> _duration;

    public RetentionMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Sentinel.Retention");
        _removed = meter.CreateCounter<long>(
            "sentinel.retention.removed", "{row}", "Bindings archived, claims, deliveries and months removed.");
        _duration = meter.CreateHistogram<double>("sentinel.retention.duration", "s", "How long sweeps took.");
    }

    public void Removed(string what, int count) =>
        _removed.Add(count, new KeyValuePair<string, object?>("sentinel.retention.kind", what));

    public void Took(TimeSpan time) => _duration.Record(time.TotalSeconds);
}
