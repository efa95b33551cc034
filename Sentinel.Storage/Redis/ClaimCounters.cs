using System.Collections.Immutable;
using Sentinel.Core.Decisions;
using StackExchange.Redis;

namespace Sentinel.Storage.Redis;

/// <summary>
/// Counts the first uses of each network over all replicas: those that bound or are under way, and apart from them
/// those that failed. Each network has a window that begins with its first count.
/// </summary>
public sealed class ClaimCounters
{
    private readonly RedisTrips _redis;

    internal ClaimCounters(RedisTrips redis) => _redis = redis;

    // Answers {flood, crowded, remaining}. All caps are looked at before any is counted.
    private const string Take = """
        local crowded = 0
        for i, key in ipairs(KEYS) do
            local limit = tonumber(ARGV[i + 1])
            if tonumber(redis.call('HGET', key, 'bound') or 0) >= limit then
                return {1, 0, redis.call('PTTL', key)}
            end
            if tonumber(redis.call('HGET', key, 'failed') or 0) >= limit then crowded = i end
        end
        for _, key in ipairs(KEYS) do
            redis.call('HINCRBY', key, 'bound', 1)
            if redis.call('PTTL', key) < 0 then redis.call('PEXPIRE', key, ARGV[1]) end
        end
        return {0, crowded, 0}
        """;

    /// <summary>Counts a first use as one that binds, unless there are too many.</summary>
    /// <returns>What the counters say; null if Redis is away.</returns>
    public async Task<CapVerdict?> TakeAsync(
        ImmutableArray<ClaimCap> caps, TimeSpan window, CancellationToken cancellationToken)
    {
        RedisValue[] values = [Milliseconds(window), .. caps.Select(cap => (RedisValue)cap.Limit)];
        var answer = await _redis.TryScriptAsync("EVALSHA", Take, KeysOf(caps), values, cancellationToken);
        return answer is not null && (long[]?)answer is [var flood, var crowded, var remaining]
            ? new CapVerdict(
                flood == 1, crowded == 0 ? null : (int)crowded - 1, TimeSpan.FromMilliseconds(Math.Max(0, remaining)))
            : null;
    }

    private const string GiveBack = """
        for _, key in ipairs(KEYS) do
            if tonumber(redis.call('HGET', key, 'bound') or 0) > 0 then redis.call('HINCRBY', key, 'bound', -1) end
            if ARGV[2] == '1' then redis.call('HINCRBY', key, 'failed', 1) end
            if redis.call('PTTL', key) < 0 then redis.call('PEXPIRE', key, ARGV[1]) end
        end
        return 1
        """;

    /// <summary>Takes a count back: the first use bound nothing.</summary>
    /// <returns>Whether Redis took it.</returns>
    public async Task<bool> GiveBackAsync(
        ImmutableArray<ClaimCap> caps, bool hasFailed, TimeSpan window, CancellationToken cancellationToken) =>
        await _redis.TryScriptAsync(
            "EVALSHA", GiveBack, KeysOf(caps), [Milliseconds(window), hasFailed], cancellationToken) is not null;

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;

    // What stands in braces says to a cluster which keys belong together: one script touches several.
    private static RedisKey[] KeysOf(ImmutableArray<ClaimCap> caps) =>
        [.. caps.Select(cap => (RedisKey)$"sentinel:{{claims}}:{cap.Network}")];
}
