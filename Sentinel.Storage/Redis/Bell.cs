using System.Buffers;
using System.Globalization;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;
using Sentinel.Storage.Pulses;
using StackExchange.Redis;

namespace Sentinel.Storage.Redis;

/// <summary>
/// Tells all replicas that a key's binding changed. It carries no data: whoever hears it forgets, and asks anew.
/// </summary>
public sealed class Bell : IDisposable
{
    private static readonly RedisChannel _channel = new("sentinel:bell", RedisChannel.PatternMode.Literal);

    private readonly RedisTrips _trips;
    private readonly Pulse _pulse;
    private readonly IConnectionMultiplexer _redis;

    internal Bell(RedisTrips trips, Pulse pulse, IConnectionMultiplexer redis)
    {
        (_trips, _pulse, _redis) = (trips, pulse, redis);
        _pulse.Lost += OnLost;
        _redis.ConnectionFailed += OnConnectionFailed;
        _redis.ConnectionRestored += OnConnectionRestored;
    }

    /// <summary>
    /// Rings may have been missed: whatever is remembered must be forgotten. Raised when the line breaks or falls
    /// silent, and when it is back after a break.
    /// </summary>
    public event EventHandler? Interrupted;

    /// <summary>Tells all replicas that a binding changed, by whatever they call its key.</summary>
    /// <returns>Whether Redis took the message.</returns>
    public async Task<bool> RingAsync(Binding changed, CancellationToken cancellationToken)
    {
        var isTaken = true;
        foreach (var name in changed.Names)
        {
            isTaken = isTaken && await RingAsync(name, changed.Version, cancellationToken);
        }

        return isTaken;
    }

    /// <summary>Tells all replicas to forget whatever they know of a key up to this version.</summary>
    /// <returns>Whether Redis took the message.</returns>
    public async Task<bool> RingAsync(KeyFingerprint fingerprint, long version, CancellationToken cancellationToken)
    {
        var message = string.Create(CultureInfo.InvariantCulture, $"{fingerprint}:{version}");
        return await _trips.TryAsync(
            "PUBLISH", database => database.PublishAsync(_channel, message), -1, cancellationToken) >= 0;
    }

    /// <summary>Hears all rings from now on, over reconnections too.</summary>
    /// <returns>Whether Redis took the subscription; if not, ask again.</returns>
    public Task<bool> ListenAsync(Action<KeyFingerprint, long> heard, CancellationToken cancellationToken)
    {
        return _trips.TryAsync("SUBSCRIBE", SubscribeAsync, false, cancellationToken);

        async Task<bool> SubscribeAsync(IDatabase database)
        {
            await _redis.GetSubscriber().SubscribeAsync(_channel, (_, message) => Hear(message, heard));
            return true;
        }
    }

    public void Dispose()
    {
        _pulse.Lost -= OnLost;
        _redis.ConnectionFailed -= OnConnectionFailed;
        _redis.ConnectionRestored -= OnConnectionRestored;
    }

    private static void Hear(string? message, Action<KeyFingerprint, long> heard)
    {
        const int HexLength = 2 * KeyFingerprint.Length;
        Span<byte> fingerprint = stackalloc byte[KeyFingerprint.Length];
        if (message?.Length > HexLength
            && Convert.FromHexString(message.AsSpan(..HexLength), fingerprint, out _, out _) is OperationStatus.Done
            && long.TryParse(message.AsSpan(HexLength + 1), CultureInfo.InvariantCulture, out var version))
        {
            heard(new KeyFingerprint(fingerprint), version);
        }
    }

    private void OnLost(object? sender, EventArgs loss) => Interrupted?.Invoke(this, EventArgs.Empty);

    private void OnConnectionFailed(object? sender, ConnectionFailedEventArgs failure) =>
        Interrupted?.Invoke(this, EventArgs.Empty);

    private void OnConnectionRestored(object? sender, ConnectionFailedEventArgs restoration) =>
        Interrupted?.Invoke(this, EventArgs.Empty);
}
