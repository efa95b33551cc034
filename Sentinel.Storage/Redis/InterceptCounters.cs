using Sentinel.Core.Trail;
using StackExchange.Redis;

namespace Sentinel.Storage.Redis;

/// <summary>Counts the refusals of each binding over all replicas, in a window that begins with the first.</summary>
public sealed class InterceptCounters
{
    private readonly RedisTrips _redis;

    internal InterceptCounters(RedisTrips redis) => _redis = redis;

    private const string Add = """
        local counts = {}
        for i, key in ipairs(KEYS) do
            local added = tonumber(ARGV[i + 1])
            counts[i] = redis.call('INCRBY', key, added)
            if counts[i] == added then redis.call('PEXPIRE', key, ARGV[1]) end
        end
        return counts
        """;

    /// <summary>Adds to the counts of some, in one trip.</summary>
    /// <returns>The counts now, in the same order; null if Redis is away and nothing was counted.</returns>
    public async Task<long[]?> AddAsync(
        IReadOnlyList<(AlertSubject Subject, int Count)> refusals, TimeSpan window, CancellationToken cancellationToken)
    {
        // What stands in braces says to a cluster which keys belong together.
        var answer = await _redis.TryScriptAsync(
            "EVALSHA",
            Add,
            [.. refusals.Select(refusal => (RedisKey)$"sentinel:{{intercepts}}:{refusal.Subject}")],
            [(long)window.TotalMilliseconds, .. refusals.Select(refusal => (RedisValue)refusal.Count)],
            cancellationToken);
        return answer is null ? null : (long[]?)answer;
    }
}
