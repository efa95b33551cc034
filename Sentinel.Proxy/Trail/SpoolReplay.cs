using System.Data.Common;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using Sentinel.Storage;
using Sentinel.Storage.Postgres;
using Sentinel.Storage.Pulses;
using Sentinel.Storage.Redis;
using Sentinel.Storage.Spool;

namespace Sentinel.Proxy.Trail;

/// <summary>
/// Brings to PostgreSQL what waits elsewhere, in order. A crash between the writing of a batch and its removal writes
/// it again, which changes nothing: a row is known by its id, and its count only grows.
/// </summary>
internal sealed partial class SpoolReplay(
    InterceptStore store,
    StorePulses pulses,
    RedisSpool redis,
    DiskSpool disk,
    InterceptSeal seal,
    TrailMetrics metrics,
    IOptions<TrailOptions> options,
    ILogger<SpoolReplay> logger) : ITrailWriter
{
    public TimeSpan Interval { get; } = options.Value.InterceptInterval;

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        using var untraced = SuppressInstrumentationScope.Begin();
        if (pulses.Postgres.IsLost)
        {
            metrics.RedisBatches = await redis.CountAsync(cancellationToken) ?? metrics.RedisBatches;
            return;
        }

        while (await redis.PeekAsync(cancellationToken) is { } batch
            && await TryReplayAsync("redis", batch, cancellationToken)
            && await redis.DropAsync(batch, cancellationToken))
        {
            // On to the next one.
        }

        while (disk.Peek() is { } batch && await TryReplayAsync("disk", batch, cancellationToken))
        {
            disk.Drop(batch);
        }

        metrics.RedisBatches = await redis.CountAsync(cancellationToken) ?? metrics.RedisBatches;
    }

    /// <summary>Whether the batch is done with.</summary>
    private async Task<bool> TryReplayAsync(string place, byte[] batch, CancellationToken cancellationToken)
    {
        if (seal.Open(batch) is not { } rows)
        {
            metrics.Rejected(place);
            Log.Forged(logger, place);
            return true;
        }

        try
        {
            await store.WriteAsync(rows, cancellationToken);
            metrics.Replayed(place, rows.Count);
            return true;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
        catch (DbException exception)
        {
            metrics.Rejected(place);
            Log.Refused(logger, rows.Count, exception);
            return true;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Error, "A batch of refusals that waited in the {Place} spool is damaged or not ours: dropped.")]
        public static partial void Forged(ILogger logger, string place);

        [LoggerMessage(LogLevel.Error, "PostgreSQL refuses {Rows} refusals that had waited: dropped.")]
        public static partial void Refused(ILogger logger, int rows, Exception exception);
    }
}
