namespace Sentinel.Proxy.Decisions;

/// <summary>
/// Knows since when no change can have been missed. There are two lines: the bell, which replicas ring all the time so
/// that its silence is noticed, and the feed, which is asked all the time and tells what was missed. While neither is
/// there, memory is trusted for less than a second.
/// </summary>
internal sealed class ChangeWatch(TimeProvider clock)
{
    /// <summary>How often each replica rings the bell.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);

    private const long Never = long.MaxValue;

    private readonly long _trust = (long)(0.9 * clock.TimestampFrequency);
    private long _bellHeardAt;
    private long _bellHeardSince = Never;
    private long _feedReadAt;
    private long _feedReadSince = Never;

    /// <summary>The bell's line works now. What was rung during a silence before that is lost.</summary>
    public void HearBell()
    {
        var now = clock.GetTimestamp();
        if (Volatile.Read(ref _bellHeardSince) == Never || now - Volatile.Read(ref _bellHeardAt) > _trust)
        {
            Volatile.Write(ref _bellHeardSince, now);
        }

        Volatile.Write(ref _bellHeardAt, now);
    }

    /// <summary>The bell's line broke, and what was rung meanwhile is lost.</summary>
    public void LoseBell() => Volatile.Write(ref _bellHeardSince, Never);

    /// <summary>Everything that was committed before the feed was asked is known, however long that took.</summary>
    public void ReadFeed(long askedAt)
    {
        if (Volatile.Read(ref _feedReadSince) == Never)
        {
            Volatile.Write(ref _feedReadSince, askedAt);
        }

        Volatile.Write(ref _feedReadAt, askedAt);
        Bridge(askedAt);
    }

    /// <summary>
    /// The feed has begun anew, and what it told before is not continued: perhaps this is another database, of whose
    /// changes nobody has rung.
    /// </summary>
    public void LoseFeed()
    {
        Volatile.Write(ref _feedReadSince, Never);
        Volatile.Write(ref _bellHeardSince, Never);
    }

    /// <summary>Whether everything that changed since a time was heard of.</summary>
    public bool CanTrust(long since)
    {
        var now = clock.GetTimestamp();
        return now - since < _trust
            || (now - Volatile.Read(ref _bellHeardAt) < _trust && since >= Volatile.Read(ref _bellHeardSince))
            || (now - Volatile.Read(ref _feedReadAt) < _trust && since >= Volatile.Read(ref _feedReadSince));
    }

    /// <summary>
    /// What was missed until the bell came back the feed has told by now. So the bell alone is enough from here on:
    /// PostgreSQL may be the next to go.
    /// </summary>
    private void Bridge(long askedAt)
    {
        var (bellSince, feedSince) = (Volatile.Read(ref _bellHeardSince), Volatile.Read(ref _feedReadSince));
        if (bellSince <= askedAt && feedSince < bellSince)
        {
            _ = Interlocked.CompareExchange(ref _bellHeardSince, feedSince, bellSince);
        }
    }
}
