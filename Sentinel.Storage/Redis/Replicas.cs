using System.Text.Json;
using Sentinel.Core.Contracts;

namespace Sentinel.Storage.Redis;

/// <summary>Which replicas of the proxy are there: each says so every few seconds, else it is gone.</summary>
public sealed class Replicas
{
    private const string Key = "sentinel:replicas";

    private readonly RedisTrips _redis;

    internal Replicas(RedisTrips redis) => _redis = redis;

    /// <summary>How often a replica says that it is there. One that missed three times is gone.</summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromSeconds(3);

    // By Redis's clock: those of the replicas may differ.
    private const string Announce = """
        redis.call('HSET', KEYS[1], ARGV[1], redis.call('TIME')[1] .. ' ' .. ARGV[2])
        return redis.call('EXPIRE', KEYS[1], 3600)
        """;

    /// <summary>Says that a replica is there.</summary>
    public Task AnnounceAsync(Guid id, ReplicaItem replica, CancellationToken cancellationToken)
    {
        var text = JsonSerializer.Serialize(replica, JsonSerializerOptions.Web);
        return _redis.TryScriptAsync("EVALSHA", Announce, Key, [id.ToString(), text], cancellationToken);
    }

    /// <summary>Says that a replica leaves.</summary>
    public Task LeaveAsync(Guid id, CancellationToken cancellationToken) =>
        _redis.TryAsync("HDEL", redis => redis.HashDeleteAsync(Key, id.ToString()), false, cancellationToken);

    private const string Read = """
        local now, found = tonumber(redis.call('TIME')[1]), {}
        local all = redis.call('HGETALL', KEYS[1])
        for i = 1, #all, 2 do
            local seen, text = string.match(all[i + 1], '^(%d+) (.*)$')
            if now - tonumber(seen) <= tonumber(ARGV[1]) then
                table.insert(found, text)
            else
                redis.call('HDEL', KEYS[1], all[i])
            end
        end
        return found
        """;

    /// <summary>The replicas that are there, by name and start; none if Redis is away.</summary>
    public async Task<IReadOnlyList<ReplicaItem>> ReadAsync(CancellationToken cancellationToken)
    {
        var patience = (long)(3 * Interval).TotalSeconds;
        var answer = await _redis.TryScriptAsync("EVALSHA", Read, Key, [patience], cancellationToken);
        var texts = answer is null ? [] : (string[]?)answer ?? [];
        return
        [
            .. texts.Select(text => JsonSerializer.Deserialize<ReplicaItem>(text, JsonSerializerOptions.Web)!)
                .OrderBy(replica => replica.Name, StringComparer.Ordinal)
                .ThenBy(replica => replica.StartedAt),
        ];
    }
}
