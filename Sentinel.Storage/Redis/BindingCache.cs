using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;
using StackExchange.Redis;

namespace Sentinel.Storage.Redis;

/// <summary>
/// What Redis remembers of bindings. An older version never replaces a newer one, and a removal is a version too: a
/// replica that read the row before it went cannot bring it back. When Redis is away, every question is a miss.
/// </summary>
public sealed partial class BindingCache
{
    private const string KeyPrefix = "sentinel:binding:";

    private readonly RedisTrips _redis;
    private readonly BindingSeal? _seal;
    private readonly ILogger<BindingCache> _logger;
    private readonly long _lifetime;
    private readonly Counter<long> _rejected;

    /// <param name="redis">The way to Redis.</param>
    /// <param name="seal">Authenticates entries; null for a program that only removes them.</param>
    /// <param name="options">How long entries are kept.</param>
    /// <param name="meters">Count entries that somebody else wrote.</param>
    /// <param name="logger">Hears of them too.</param>
    internal BindingCache(
        RedisTrips redis,
        BindingSeal? seal,
        IOptions<StorageOptions> options,
        IMeterFactory meters,
        ILogger<BindingCache> logger)
    {
        (_redis, _seal, _logger) = (redis, seal, logger);
        _lifetime = (long)options.Value.CacheLifetime.TotalMilliseconds;
        _rejected = meters.Create("Sentinel.Storage").CreateCounter<long>(
            "sentinel.store.entries_rejected", "{entry}", "Entries in Redis that Sentinel did not write.");
    }

    /// <summary>The binding of a key as far as Redis knows. Null is a miss and proves nothing.</summary>
    public async Task<Binding?> GetAsync(KeyFingerprint fingerprint, CancellationToken cancellationToken)
    {
        var entry = await _redis.TryAsync(
            "HGET", database => database.HashGetAsync(KeyOf(fingerprint), "entry"), RedisValue.Null, cancellationToken);
        if (entry.IsNullOrEmpty || _seal is null)
        {
            return null;
        }

        var binding = _seal.Open(fingerprint, (byte[])entry!);
        if (binding is null)
        {
            _rejected.Add(1);
            Log.Forged(_logger, fingerprint);
        }

        return binding;
    }

    private const string Replace = """
        local known, given = tonumber(redis.call('HGET', KEYS[1], 'version') or -1), tonumber(ARGV[1])
        if known > given or known == given and ARGV[2] == '' then return 0 end
        redis.call('HSET', KEYS[1], 'version', ARGV[1], 'entry', ARGV[2])
        redis.call('PEXPIRE', KEYS[1], ARGV[3])
        return 1
        """;

    /// <summary>
    /// Remembers a binding unless a newer version is known. A claim is not remembered: time changes it.
    /// </summary>
    public Task SetAsync(Binding binding, CancellationToken cancellationToken) =>
        binding.State is BindingState.Claimed || _seal is null
            ? Task.CompletedTask
            : ReplaceAsync(binding.Fingerprint, binding.Version, _seal.Seal(binding), cancellationToken);

    /// <summary>Forgets what is older than a version, for ever.</summary>
    public Task RemoveAsync(KeyFingerprint fingerprint, long version, CancellationToken cancellationToken) =>
        ReplaceAsync(fingerprint, version, RedisValue.EmptyString, cancellationToken);

    private Task<RedisResult?> ReplaceAsync(
        KeyFingerprint fingerprint, long version, RedisValue entry, CancellationToken cancellationToken) =>
        _redis.TryScriptAsync(
            "EVALSHA", Replace, KeyOf(fingerprint), [version, entry, _lifetime], cancellationToken);

    private static RedisKey KeyOf(KeyFingerprint fingerprint) => KeyPrefix + fingerprint;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Redis holds an entry for {Fingerprint} that Sentinel did not write: ignored.")]
        public static partial void Forged(ILogger logger, KeyFingerprint fingerprint);
    }
}
