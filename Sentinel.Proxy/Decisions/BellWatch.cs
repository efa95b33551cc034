namespace Sentinel.Proxy.Decisions;

/// <summary>
/// Knows since when the bell has been heard without a gap. Replicas ring it all the time, so that silence means that
/// changes may have been missed; memory is then trusted for less than a second.
/// </summary>
internal sealed class BellWatch(TimeProvider clock)
{
    /// <summary>How often each replica rings.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);

    private const long Never = long.MaxValue;

    private readonly long _trust = (long)(0.9 * clock.TimestampFrequency);
    private long _heardAt;
    private long _listeningSince = Never;

    /// <summary>The line works now.</summary>
    public void Hear()
    {
        var now = clock.GetTimestamp();
        if (Volatile.Read(ref _listeningSince) == Never || now - Volatile.Read(ref _heardAt) > _trust)
        {
            Volatile.Write(ref _listeningSince, now);
        }

        Volatile.Write(ref _heardAt, now);
    }

    /// <summary>The line broke, and what was rung meanwhile is lost.</summary>
    public void Interrupt() => Volatile.Write(ref _listeningSince, Never);

    /// <summary>Whether everything that was rung since a time was heard.</summary>
    public bool CanTrust(long since)
    {
        var now = clock.GetTimestamp();
        var isListening = now - Volatile.Read(ref _heardAt) < _trust && since >= Volatile.Read(ref _listeningSince);
        return isListening || now - since < _trust;
    }
}
