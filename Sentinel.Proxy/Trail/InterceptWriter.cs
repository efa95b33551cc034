using System.Diagnostics;
using Microsoft.Extensions.Options;
using Sentinel.Core.Callers;
using Sentinel.Core.Credentials;
using Sentinel.Proxy.Decisions;

namespace Sentinel.Proxy.Trail;

/// <summary>
/// Writes refusals in batches. Equal ones within ten seconds share a row, whose count is exact: the row is written
/// again with a higher count. What nothing takes waits here.
/// </summary>
internal sealed partial class InterceptWriter(
    InterceptQueue queue,
    InterceptSink sink,
    IOptions<TrailOptions> options,
    IOptionsMonitor<DecisionOptions> decisions,
    TimeProvider clock,
    ILogger<InterceptWriter> logger) : ITrailWriter
{
    private const int MostLinks = 128;
    private static readonly TimeSpan _window = TimeSpan.FromSeconds(10);

    private readonly TrailOptions _options = options.Value;
    private readonly Dictionary<Likeness, Row> _open = [];
    private readonly Queue<Row> _changed = [];

    public TimeSpan Interval => _options.InterceptInterval;

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        do
        {
            TakeFromQueue();
        }
        while (await TryKeepBatchAsync(cancellationToken) && _changed.Count > 0);

        CloseOldRows();
        if (queue.TakeLosses() is > 0 and var losses)
        {
            Log.Lost(logger, losses);
        }
    }

    private void TakeFromQueue()
    {
        while (_changed.Count < _options.BatchSize && queue.TryTake(out var refusal))
        {
            Merge(refusal);
        }
    }

    private void Merge(Refusal refusal)
    {
        var likeness = LikenessOf(refusal.Intercept);
        if (!_open.TryGetValue(likeness, out var row) || refusal.Intercept.OccurredAt - row.OccurredAt > _window)
        {
            row = new Row(refusal);
            _open[likeness] = row;
        }
        else
        {
            row.Count++;
        }

        if (!row.IsChanged)
        {
            row.IsChanged = true;
            _changed.Enqueue(row);
        }
    }

    private async Task<bool> TryKeepBatchAsync(CancellationToken cancellationToken)
    {
        var batch = _changed.Take(_options.BatchSize).ToArray();
        if (batch.Length == 0)
        {
            return true;
        }

        using var span = GateTelemetry.StartBatch(batch.Take(MostLinks).Select(row => new ActivityLink(row.Decision)));
        if (!await sink.TryKeepAsync([.. batch.Select(row => row.ToIntercept())], cancellationToken))
        {
            return false;
        }

        foreach (var row in batch)
        {
            row.IsChanged = false;
            _ = _changed.Dequeue();
        }

        return true;
    }

    private void CloseOldRows()
    {
        var oldest = clock.GetUtcNow() - _window;
        foreach (var (likeness, row) in _open)
        {
            if (row.OccurredAt < oldest)
            {
                _open.Remove(likeness);
            }
        }
    }

    /// <summary>Whoever has a whole network at hand has no row for each of its addresses.</summary>
    private Likeness LikenessOf(Core.Trail.Intercept intercept)
    {
        var prefixes = decisions.CurrentValue;
        var network = intercept.Caller?.ToNetwork(prefixes.IPv4Prefix, prefixes.IPv6Prefix);
        return new Likeness(
            intercept.Fingerprint, network, intercept.Reason, intercept.Route, intercept.Observed);
    }

    /// <summary>What makes two refusals equal.</summary>
    private readonly record struct Likeness(
        KeyFingerprint? Key, Network? Network, string Reason, string Route, bool Observed);

    private sealed class Row(Refusal first)
    {
        public DateTimeOffset OccurredAt => first.Intercept.OccurredAt;

        public ActivityContext Decision => first.Decision;

        public int Count { get; set; } = 1;

        public bool IsChanged { get; set; }

        public Core.Trail.Intercept ToIntercept() => first.Intercept with { Count = Count };
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{Count} refusals are not recorded: the stores are away and the spool is full.")]
        public static partial void Lost(ILogger logger, long count);
    }
}
