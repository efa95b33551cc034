using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sentinel.Storage.Pulses;
using StackExchange.Redis;

namespace Sentinel.Storage.Redis;

/// <summary>
/// The one way to Redis: a time limit, because the client waits for ever on a server that fell silent; a span; and a
/// failure that is an answer, because Redis only helps and never decides.
/// </summary>
internal sealed partial class RedisTrips(
    IConnectionMultiplexer redis, StorePulses pulses, IOptions<StorageOptions> options, ILogger<RedisTrips> logger)
{
    private readonly TimeSpan _limit = TimeSpan.FromMilliseconds(options.Value.RedisTimeLimit);
    private int _isRefusing;

    /// <summary>Makes one call.</summary>
    /// <returns>Its answer, or <paramref name="otherwise"/> if Redis gave none in time.</returns>
    public async Task<T> TryAsync<T>(
        string operation, Func<IDatabase, Task<T>> call, T otherwise, CancellationToken cancellationToken)
    {
        if (pulses.Redis.IsLost)
        {
            return otherwise;
        }

        using var span = RedisTelemetry.Start(operation);
        try
        {
            var answer = await call(redis.GetDatabase()).WaitAsync(_limit, cancellationToken);
            Volatile.Write(ref _isRefusing, 0);
            return answer;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
        {
            span?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", exception.GetType().FullName);
            Note(exception);
            return otherwise;
        }
    }

    /// <summary>Runs a script by its hash. A restarted Redis has forgotten it and is given it again.</summary>
    public Task<RedisResult?> TryScriptAsync(
        string operation, string script, RedisKey key, RedisValue[] values, CancellationToken cancellationToken) =>
        TryScriptAsync(operation, script, [key], values, cancellationToken);

    /// <summary>Runs a script over several keys by its hash.</summary>
    public Task<RedisResult?> TryScriptAsync(
        string operation, string script, RedisKey[] keys, RedisValue[] values, CancellationToken cancellationToken)
    {
        return TryAsync(operation, RunAsync, null, cancellationToken);

        async Task<RedisResult?> RunAsync(IDatabase database)
        {
            try
            {
                return await database.ScriptEvaluateAsync(script, keys, values);
            }
            catch (RedisServerException refusal) when (refusal.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
            {
                return await database.ScriptEvaluateAsync(script, keys, values);
            }
        }
    }

    /// <summary>A refusal is an answer; everything else means that Redis is away until its pulse is found.</summary>
    private void Note(Exception exception)
    {
        if (exception is not RedisServerException)
        {
            pulses.Redis.Lose();
            return;
        }

        if (Interlocked.Exchange(ref _isRefusing, 1) == 0)
        {
            Log.Refused(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Redis refuses what it is asked. It is done without.")]
        public static partial void Refused(ILogger logger, Exception exception);
    }
}
