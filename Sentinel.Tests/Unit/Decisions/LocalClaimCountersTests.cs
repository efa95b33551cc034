using System.Collections.Immutable;
using Sentinel.Core.Decisions;
using Sentinel.Proxy.Decisions.Caps;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Unit.Decisions;

public sealed class LocalClaimCountersTests
{
    private readonly HandClock _clock = new();
    private readonly LocalClaimCounters _counters;
    private readonly ClaimCapOptions _options = new() { PerNetwork = 2, PerSite = 3 };

    public LocalClaimCountersTests() =>
        _counters = new LocalClaimCounters(new FixedOptions<ClaimCapOptions>(_options), _clock);

    [Fact]
    public void First_uses_beyond_the_cap_are_a_flood_until_the_window_ends()
    {
        Assert.Equal(["ok", "ok", "flood"], Take("203.0.113.7", 3));
        Assert.Equal(["ok"], Take("203.0.113.8", 1));

        _clock.Advance(_options.Window.TotalSeconds);

        Assert.Equal(["ok"], Take("203.0.113.7", 1));
    }

    [Fact]
    public void Site_is_counted_over_all_of_its_networks() =>
        Assert.Equal(
            ["ok", "ok", "ok", "flood"],
            Enumerable.Range(0, 4).SelectMany(n => Take($"2001:db8:1:{n}::7", 1)));

    [Fact]
    public void Failures_are_counted_apart_and_crowd_but_do_not_flood()
    {
        Assert.Equal(
            ["ok", "ok", "crowded", "crowded"],
            Enumerable.Range(0, 4).SelectMany(_ => TakeAndFail("203.0.113.7")));
        Assert.Equal(["crowded", "crowded", "flood"], Take("203.0.113.7", 3));
    }

    [Fact]
    public void What_was_given_back_without_a_failure_never_counted()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(["ok"], Take("203.0.113.7", 1));
            _counters.GiveBack(Caps("203.0.113.7"), hasFailed: false);
        }
    }

    [Fact]
    public void Networks_that_are_counted_are_bounded()
    {
        for (var n = 0; n < 2 * _options.LocalNetworks; n++)
        {
            Assert.Equal(["ok"], Take($"10.{n >> 16}.{(n >> 8) & 255}.{n & 255}", 1));
        }
    }

    private string[] Take(string caller, int times) =>
        [.. Enumerable.Range(0, times).Select(_ => Describe(_counters.Take(Caps(caller))))];

    private string[] TakeAndFail(string caller)
    {
        var verdict = Describe(_counters.Take(Caps(caller)));
        _counters.GiveBack(Caps(caller), hasFailed: true);
        return [verdict];
    }

    private ImmutableArray<ClaimCap> Caps(string caller) =>
        ClaimCap.Of(The.Address(caller), _options.PerNetwork, _options.PerSite);

    private static string Describe(CapVerdict verdict) =>
        verdict.IsFlood ? "flood" : verdict.Crowded is null ? "ok" : "crowded";
}
