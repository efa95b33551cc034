using System.Diagnostics.Metrics;

namespace Sentinel.Proxy.Trail;

/// <summary>What can be counted about the way of refusals to PostgreSQL.</summary>
internal sealed class TrailMetrics
{
    private const string PlaceTag = "sentinel.spool";

    private readonly Counter<long> _written;
    private readonly Counter<long> _spooled;
    private readonly Counter<long> _replayed;
    private readonly Counter<long> _lost;
    private readonly Counter<long> _rejected;

    public TrailMetrics(IMeterFactory meters, DiskSpool disk)
    {
        var meter = meters.Create(GateTelemetry.SourceName);
        _written = meter.CreateCounter<long>(
            "sentinel.trail.rows.written", "{row}", "Rows of refusals that PostgreSQL took.");
        _spooled = meter.CreateCounter<long>(
            "sentinel.trail.rows.spooled", "{row}", "Rows that wait elsewhere because PostgreSQL did not take them.");
        _replayed = meter.CreateCounter<long>(
            "sentinel.trail.rows.replayed", "{row}", "Rows that had waited and that PostgreSQL took.");
        _lost = meter.CreateCounter<long>(
            "sentinel.trail.intercepts.lost", "{intercept}", "Refusals that nothing had room for.");
        _rejected = meter.CreateCounter<long>(
            "sentinel.trail.batches.rejected", "{batch}", "Batches that waited and could not be read or written.");
        _ = meter.CreateObservableGauge(
            "sentinel.trail.spool.size", () => disk.Bytes, "By", "What waits on disk for PostgreSQL.");
        _ = meter.CreateObservableGauge(
            "sentinel.trail.spool.batches", () => RedisBatches, "{batch}", "What waits in Redis for PostgreSQL.");
    }

    /// <summary>How many batches waited in Redis when it was last asked.</summary>
    public long RedisBatches { get; set; }

    public void Written(int rows) => _written.Add(rows);

    public void Spooled(string place, int rows) =>
        _spooled.Add(rows, new KeyValuePair<string, object?>(PlaceTag, place));

    public void Replayed(string place, int rows) =>
        _replayed.Add(rows, new KeyValuePair<string, object?>(PlaceTag, place));

    public void Lost() => _lost.Add(1);

    public void Rejected(string place) => _rejected.Add(1, new KeyValuePair<string, object?>(PlaceTag, place));
}
