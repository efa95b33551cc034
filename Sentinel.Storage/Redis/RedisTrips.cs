using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Sentinel.Storage.Redis;

/// <summary>
/// The one way to Redis: a time limit, because the client waits for ever on a server that fell silent; a span; and a
/// failure that is an answer, because Redis only helps and never decides.
/// </summary>
internal sealed partial class RedisTrips(
    IConnectionMultiplexer redis, IOptions<StorageOptions> options, TimeProvider clock, ILogger<RedisTrips> logger)
{
    // A silent server costs one call the limit, not each: the others do without it for this long.
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    private readonly TimeSpan _limit = TimeSpan.FromMilliseconds(options.Value.RedisTimeLimit);
    private int _isAway;
    private long _silentSince;

    /// <summary>Redis was there and is not any more.</summary>
    public event EventHandler? Lost;

    private bool IsSilent =>
        Volatile.Read(ref _silentSince) is not 0 and var since && clock.GetElapsedTime(since) < _pause;

    /// <summary>Makes one call.</summary>
    /// <returns>Its answer, or <paramref name="otherwise"/> if Redis gave none in time.</returns>
    public async Task<T> TryAsync<T>(
        string operation, Func<IDatabase, Task<T>> call, T otherwise, CancellationToken cancellationToken)
    {
        if (IsSilent)
        {
            return otherwise;
        }

        using var span = RedisTelemetry.Start(operation);
        try
        {
            var answer = await call(redis.GetDatabase()).WaitAsync(_limit, cancellationToken);
            NoteBack();
            return answer;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
        {
            span?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", exception.GetType().FullName);
            NoteAway(exception);
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

    private void NoteAway(Exception exception)
    {
        Volatile.Write(ref _silentSince, exception is TimeoutException ? clock.GetTimestamp() : 0);
        if (Interlocked.Exchange(ref _isAway, 1) == 0)
        {
            Log.Away(logger, exception);
            Lost?.Invoke(this, EventArgs.Empty);
        }
    }

    private void NoteBack()
    {
        Volatile.Write(ref _silentSince, 0);
        if (Volatile.Read(ref _isAway) == 1 && Interlocked.Exchange(ref _isAway, 0) == 1)
        {
            Log.Back(logger);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Redis does not answer. PostgreSQL decides until it is back.")]
        public static partial void Away(ILogger logger, Exception exception);

        [LoggerMessage(LogLevel.Information, "Redis answers again.")]
        public static partial void Back(ILogger logger);
    }
}
