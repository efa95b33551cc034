using Sentinel.Proxy.Decisions;

namespace Sentinel.Tests.Unit.Decisions;

public sealed class ChangeWatchTests
{
    private readonly HandClock _clock = new();
    private readonly ChangeWatch _watch;

    public ChangeWatchTests() => _watch = new ChangeWatch(_clock);

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
        _watch.HearBell();
        var readAt = _clock.GetTimestamp();

        HearFor(seconds: 60);

        Assert.True(_watch.CanTrust(readAt));
    }

    [Fact]
    public void Silence_ends_the_trust()
    {
        _watch.HearBell();
        var readAt = _clock.GetTimestamp();
        HearFor(seconds: 60);

        _clock.Advance(1);

        Assert.False(_watch.CanTrust(readAt));
    }

    [Fact]
    public void What_was_read_before_a_silence_is_not_trusted_after_it()
    {
        _watch.HearBell();
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
        _watch.LoseBell();

        HearFor(seconds: 5);

        Assert.False(_watch.CanTrust(readAt));
    }

    [Fact]
    public void Feed_that_is_read_again_in_time_tells_everything_that_was_rung_for_meanwhile()
    {
        _watch.ReadFeed(_clock.GetTimestamp());
        var readAt = _clock.GetTimestamp();
        _clock.Advance(60);
        Assert.False(_watch.CanTrust(readAt));

        _watch.ReadFeed(_clock.GetTimestamp());

        Assert.True(_watch.CanTrust(readAt));
    }

    [Fact]
    public void Feed_that_took_long_to_answer_is_as_old_as_the_question()
    {
        var askedAt = _clock.GetTimestamp();
        _clock.Advance(1);

        _watch.ReadFeed(askedAt);

        Assert.False(_watch.CanTrust(askedAt));
    }

    [Fact]
    public void What_was_read_before_the_feed_began_anew_is_not_trusted()
    {
        _watch.ReadFeed(_clock.GetTimestamp());
        var readAt = _clock.GetTimestamp();
        _clock.Advance(2);
        _watch.LoseFeed();

        _watch.ReadFeed(_clock.GetTimestamp());

        Assert.False(_watch.CanTrust(readAt));
    }

    [Fact]
    public void What_was_read_before_the_feed_began_anew_is_not_trusted_because_of_the_bell_either()
    {
        HearFor(seconds: 1);
        var readAt = _clock.GetTimestamp();
        _watch.LoseFeed();

        HearFor(seconds: 5);

        Assert.False(_watch.CanTrust(readAt));
    }

    [Fact]
    public void What_was_missed_until_the_bell_came_back_the_feed_has_told_so_that_it_may_go_then()
    {
        _watch.ReadFeed(_clock.GetTimestamp());
        var readAt = _clock.GetTimestamp();
        HearFor(seconds: 5);
        Assert.False(_watch.CanTrust(readAt));
        _watch.ReadFeed(_clock.GetTimestamp());

        HearFor(seconds: 60);

        Assert.True(_watch.CanTrust(readAt));
    }

    [Fact]
    public void Feed_that_was_asked_before_the_bell_came_back_may_have_missed_something()
    {
        _watch.ReadFeed(_clock.GetTimestamp());
        var readAt = _clock.GetTimestamp();
        var askedAt = _clock.GetTimestamp();
        HearFor(seconds: 1);

        _watch.ReadFeed(askedAt);
        HearFor(seconds: 60);

        Assert.False(_watch.CanTrust(readAt));
    }

    private void HearFor(int seconds)
    {
        for (var beat = 0; beat < 4 * seconds; beat++)
        {
            _clock.Advance(0.25);
            _watch.HearBell();
        }
    }
}
