using System.Text.Json;
using Sentinel.Core.Callers;
using StackExchange.Redis;

namespace Sentinel.Storage.Redis;

/// <summary>The last distinct chains by which requests came, of all replicas together.</summary>
public sealed class CallerChains
{
    private static readonly RedisKey _key = "sentinel:callers";

    private readonly RedisTrips _redis;

    internal CallerChains(RedisTrips redis) => _redis = redis;

    // An equal chain is the same member: it only moves to the front.
    private const string Note = """
        for i = 1, #ARGV, 2 do redis.call('ZADD', KEYS[1], ARGV[i], ARGV[i + 1]) end
        redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -51)
        return redis.call('EXPIRE', KEYS[1], 604800)
        """;

    /// <summary>Puts chains in front of the others; those behind the fiftieth are forgotten.</summary>
    /// <returns>Whether Redis took them.</returns>
    public async Task<bool> NoteAsync(
        IReadOnlyCollection<CallerChain> chains, DateTimeOffset now, CancellationToken cancellationToken)
    {
        RedisValue[] members =
        [
            .. chains.SelectMany(chain => new RedisValue[]
            {
                now.ToUnixTimeMilliseconds(), JsonSerializer.Serialize(chain, JsonSerializerOptions.Web),
            }),
        ];
        return await _redis.TryScriptAsync("EVALSHA", Note, _key, members, cancellationToken) is not null;
    }

    /// <summary>The chains and when they were noted, the newest first; null if Redis is away.</summary>
    public Task<IReadOnlyList<(DateTimeOffset At, CallerChain Chain)>?> ReadAsync(CancellationToken cancellationToken)
    {
        return _redis.TryAsync("ZREVRANGE", ReadAllAsync, null, cancellationToken);

        static async Task<IReadOnlyList<(DateTimeOffset, CallerChain)>?> ReadAllAsync(IDatabase database)
        {
            var entries = await database.SortedSetRangeByRankWithScoresAsync(_key, 0, -1, Order.Descending);
            return
            [
                .. from entry in entries
                   let chain = Read(entry.Element!)
                   where chain is not null
                   select (DateTimeOffset.FromUnixTimeMilliseconds((long)entry.Score), chain),
            ];
        }
    }

    /// <summary>Whatever another version wrote, and this one does not understand, is left out.</summary>
    private static CallerChain? Read(string member)
    {
        try
        {
            return JsonSerializer.Deserialize<CallerChain>(member, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
