using Sentinel.Proxy.Decisions;

namespace Sentinel.Tests.Unit.Decisions;

public sealed class BellWatchTests
{
    private readonly HandClock _clock = new();
    private readonly BellWatch _watch;

    public BellWatchTests() => _watch = new BellWatch(_clock);

    [Fact]
    public void What_was_just_read_is_trusted_without_a_bell_for_less_than_a_second()
    {
        var readAt = _clock.GetTimestamp();

        _clock.Advance(0.8);
        Assert.True(_watch.CanTrust(readAt));

        _clock.Advance(0.2);
        Assert.False(_watch.CanTrust(readAt));
    }

    [Fact]
    public void What_was_read_while_the_bell_is_heard_is_trusted_as_long_as_it_is_heard()
    {
        _watch.Hear();
        var readAt = _clock.GetTimestamp();

        HearFor(seconds: 60);

        Assert.True(_watch.CanTrust(readAt));
    }

    [Fact]
    public void Silence_ends_the_trust()
    {
        _watch.Hear();
        var readAt = _clock.GetTimestamp();
        HearFor(seconds: 60);

        _clock.Advance(1);

        Assert.False(_watch.CanTrust(readAt));
    }

    [Fact]
    public void What_was_read_before_a_silence_is_not_trusted_after_it()
    {
        _watch.Hear();
        var readAt = _clock.GetTimestamp();
        _clock.Advance(2);

        HearFor(seconds: 5);

        Assert.False(_watch.CanTrust(readAt));
    }

    [Fact]
    public void What_was_read_before_an_interruption_is_not_trusted_after_it()
    {
        HearFor(seconds: 1);
        var readAt = _clock.GetTimestamp();
        _watch.Interrupt();

        HearFor(seconds: 5);

        Assert.False(_watch.CanTrust(readAt));
    }

    private void HearFor(int seconds)
    {
        for (var beat = 0; beat < 4 * seconds; beat++)
        {
            _clock.Advance(0.25);
            _watch.Hear();
        }
    }
}
