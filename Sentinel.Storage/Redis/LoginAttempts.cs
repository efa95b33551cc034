using System.Security.Cryptography;
using System.Text;
using Sentinel.Core.Callers;

namespace Sentinel.Storage.Redis;

/// <summary>Counts attempts to sign in over all replicas of the admin API.</summary>
public sealed class LoginAttempts
{
    private readonly RedisTrips _redis;

    internal LoginAttempts(RedisTrips redis) => _redis = redis;

    private const string Increment = """
        local count = redis.call('INCR', KEYS[1])
        if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
        return {count, redis.call('PTTL', KEYS[1])}
        """;

    private const string Decrement = """
        if redis.call('EXISTS', KEYS[1]) == 1 then return redis.call('DECR', KEYS[1]) end
        return 0
        """;

    /// <summary>Counts an attempt; those beyond the limit of their network no longer count against the user.</summary>
    /// <returns>How many there were within the window that began with the first; null if Redis is away.</returns>
    public async Task<AttemptCount?> CountAsync(
        AttemptKey key, int limit, TimeSpan window, CancellationToken cancellationToken)
    {
        if (await IncrementAsync(NetworkKeyOf(key), window, cancellationToken) is not [var fromNetwork, var remaining])
        {
            return null;
        }

        var fromEverywhere = fromNetwork > limit
            ? 0
            : (await IncrementAsync(UserKeyOf(key), window, cancellationToken))?[0] ?? 0;
        return new AttemptCount(fromNetwork, fromEverywhere, TimeSpan.FromMilliseconds(remaining));
    }

    /// <summary>Takes back what a success showed to be no failure.</summary>
    public async Task ForgetAsync(AttemptKey key, CancellationToken cancellationToken)
    {
        _ = await _redis.TryAsync(
            "DEL", database => database.KeyDeleteAsync(NetworkKeyOf(key)), false, cancellationToken);
        _ = await _redis.TryScriptAsync("EVALSHA", Decrement, UserKeyOf(key), [], cancellationToken);
    }

    private async Task<long[]?> IncrementAsync(string key, TimeSpan window, CancellationToken cancellationToken)
    {
        var milliseconds = (long)window.TotalMilliseconds;
        var answer = await _redis.TryScriptAsync("EVALSHA", Increment, key, [milliseconds], cancellationToken);
        return answer is null ? null : (long[]?)answer;
    }

    private static string NetworkKeyOf(AttemptKey key) => $"{UserKeyOf(key)}:{key.Network}";

    // What is typed as a name is a password often enough: it is not written down.
    private static string UserKeyOf(AttemptKey key)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(key.Username));
        return $"sentinel:login:{Convert.ToHexStringLower(hash.AsSpan(..16))}";
    }
}

/// <summary>Who tries to sign in.</summary>
/// <param name="Username">The name that was typed, in one case.</param>
/// <param name="Network">Where it came from.</param>
public sealed record AttemptKey(string Username, Network Network);

/// <summary>How many attempts there were within the window.</summary>
/// <param name="FromNetwork">By this user from this network.</param>
/// <param name="FromEverywhere">By this user from all networks.</param>
/// <param name="Remaining">When the window of the network ends.</param>
public sealed record AttemptCount(long FromNetwork, long FromEverywhere, TimeSpan Remaining);
