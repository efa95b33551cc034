using StackExchange.Redis;

namespace Sentinel.Storage.Redis;

/// <summary>
/// What waits in Redis for PostgreSQL, of all replicas, oldest first. Several may take the same batch at once: writing
/// it twice changes nothing, and each batch is dropped by its content, so that nobody drops what another still needs.
/// </summary>
public sealed class RedisSpool
{
    private const string Key = "sentinel:trail:spool";

    private readonly RedisTrips _redis;

    internal RedisSpool(RedisTrips redis) => _redis = redis;

    private const string Push = """
        if redis.call('LLEN', KEYS[1]) >= tonumber(ARGV[2]) then return 0 end
        return redis.call('RPUSH', KEYS[1], ARGV[1])
        """;

    /// <summary>Leaves a batch, unless there are too many.</summary>
    /// <returns>Whether Redis surely has it. If not, it may have it all the same.</returns>
    public async Task<bool> TryPushAsync(byte[] batch, int limit, CancellationToken cancellationToken) =>
        await _redis.TryScriptAsync("EVALSHA", Push, Key, [batch, limit], cancellationToken) is { } length
        && (long)length > 0;

    /// <summary>The oldest batch; null if there is none, or Redis is away.</summary>
    public async Task<byte[]?> PeekAsync(CancellationToken cancellationToken) =>
        (byte[]?)await _redis.TryAsync(
            "LINDEX", database => database.ListGetByIndexAsync(Key, 0), RedisValue.Null, cancellationToken);

    /// <summary>Removes a batch that was written.</summary>
    /// <returns>Whether Redis did.</returns>
    public async Task<bool> DropAsync(byte[] batch, CancellationToken cancellationToken) =>
        await _redis.TryAsync(
            "LREM", database => database.ListRemoveAsync(Key, batch, count: 1), -1, cancellationToken) >= 0;

    /// <summary>How many batches wait; null if Redis is away.</summary>
    public async Task<long?> CountAsync(CancellationToken cancellationToken) =>
        await _redis.TryAsync<long?>(
            "LLEN", async database => await database.ListLengthAsync(Key), null, cancellationToken);
}
