using System.Globalization;
using Sentinel.Core.Trail;
using StackExchange.Redis;

namespace Sentinel.Storage.Redis;

/// <summary>Counts the outcomes of each day (UTC) over all replicas.</summary>
public sealed class DailyCounters
{
    private readonly RedisTrips _redis;

    internal DailyCounters(RedisTrips redis) => _redis = redis;

    // Kept for somewhat longer than the longest trend that is shown.
    private const string Add = """
        redis.call('HINCRBY', KEYS[1], 'allowed', ARGV[1])
        redis.call('HINCRBY', KEYS[1], 'bound', ARGV[2])
        redis.call('HINCRBY', KEYS[1], 'intercepted', ARGV[3])
        return redis.call('EXPIRE', KEYS[1], 3456000)
        """;

    /// <summary>Adds to a day.</summary>
    /// <returns>Whether Redis took it; if not, it is to be added again later.</returns>
    public async Task<bool> AddAsync(DailyCount count, CancellationToken cancellationToken) =>
        await _redis.TryScriptAsync(
            "EVALSHA", Add, KeyOf(count.Day), [count.Allowed, count.Bound, count.Intercepted], cancellationToken)
            is not null;

    /// <summary>The counts of some days, in their order; null if Redis is away.</summary>
    public Task<IReadOnlyList<DailyCount>?> ReadAsync(
        IReadOnlyList<DateOnly> days, CancellationToken cancellationToken)
    {
        return _redis.TryAsync("HMGET", ReadAllAsync, null, cancellationToken);

        async Task<IReadOnlyList<DailyCount>?> ReadAllAsync(IDatabase database) =>
            await Task.WhenAll(days.Select(day => ReadDayAsync(database, day)));
    }

    private static async Task<DailyCount> ReadDayAsync(IDatabase database, DateOnly day)
    {
        var counts = await database.HashGetAsync(KeyOf(day), ["allowed", "bound", "intercepted"]);
        return new DailyCount(day, (long)counts[0], (long)counts[1], (long)counts[2]);
    }

    private static RedisKey KeyOf(DateOnly day) =>
        string.Create(CultureInfo.InvariantCulture, $"sentinel:day:{day:yyyy-MM-dd}");
}
