using Microsoft.Extensions.Options;
using Sentinel.Core.Trail;
using Sentinel.Storage;
using Sentinel.Storage.Postgres;
using Sentinel.Storage.Redis;
using Sentinel.Storage.Spool;

namespace Sentinel.Proxy.Trail;

/// <summary>
/// Where refusals go: to PostgreSQL; if it is away to Redis, where any replica finds them, and to the disk, which does
/// not forget when Redis is restarted. As long as something waits on disk, what follows waits behind it.
/// </summary>
internal sealed partial class InterceptSink(
    InterceptStore store,
    RedisSpool redis,
    DiskSpool disk,
    InterceptSeal seal,
    TrailMetrics metrics,
    IOptions<TrailOptions> options,
    ILogger<InterceptSink> logger)
{
    /// <summary>Keeps a batch wherever there is room.</summary>
    /// <returns>False if there is none: then it must be kept in memory.</returns>
    public async Task<bool> TryKeepAsync(IReadOnlyList<Intercept> batch, CancellationToken cancellationToken)
    {
        if (disk.IsEmpty && await TryWriteAsync(batch, cancellationToken))
        {
            metrics.Written(batch.Count);
            return true;
        }

        var spooled = seal.Seal(batch);
        var isInRedis = await redis.TryPushAsync(spooled, options.Value.RedisSpoolBatches, cancellationToken);
        if (isInRedis)
        {
            metrics.Spooled("redis", batch.Count);
        }

        var isOnDisk = TryAppend(spooled);
        if (isOnDisk)
        {
            metrics.Spooled("disk", batch.Count);
        }

        return isInRedis || isOnDisk;
    }

    private async Task<bool> TryWriteAsync(IReadOnlyList<Intercept> batch, CancellationToken cancellationToken)
    {
        try
        {
            await store.WriteAsync(batch, cancellationToken);
            return true;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }

    private bool TryAppend(byte[] batch)
    {
        try
        {
            return disk.TryAppend(batch);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.DiskFailed(logger, exception);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The spool on disk cannot be written. Refusals wait in memory.")]
        public static partial void DiskFailed(ILogger logger, Exception exception);
    }
}
