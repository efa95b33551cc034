namespace Sentinel.Tests.Unit.Decisions;

/// <summary>A clock that moves by hand only.</summary>
internal sealed class HandClock : TimeProvider
{
    private long _timestamp = TimeSpan.TicksPerDay;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _timestamp;

    public void Advance(double seconds) => _timestamp += (long)(seconds * TimestampFrequency);
}
