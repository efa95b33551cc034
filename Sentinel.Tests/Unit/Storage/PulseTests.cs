using Sentinel.Storage;
using Sentinel.Storage.Pulses;

namespace Sentinel.Tests.Unit.Storage;

public sealed class PulseTests
{
    private static readonly TimeSpan _atOnce = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan _never = TimeSpan.FromHours(1);

    private readonly Pulse _pulse = new("the store");
    private readonly TaskCompletionSource<int> _probe = new();

    [Fact]
    public async Task Store_counts_as_there_until_it_was_listened_to() =>
        Assert.Equal(1, await _pulse.GuardAsync(() => Task.FromResult(1)));

    [Fact]
    public async Task Whoever_waits_is_released_as_soon_as_the_probe_gets_no_answer()
    {
        var waiting = Enumerable.Range(0, 100)
            .Select(_ => _pulse.GuardAsync(() => new TaskCompletionSource<int>().Task))
            .ToList();

        _ = ListenAsync(_atOnce);

        foreach (var trip in waiting)
        {
            _ = await Assert.ThrowsAsync<StoreUnavailableException>(() => trip);
        }
    }

    [Fact]
    public async Task Nobody_asks_a_store_that_fell_silent()
    {
        var lost = LostAsync();
        _ = ListenAsync(_atOnce);
        await lost;
        var asked = 0;

        for (var i = 0; i < 100; i++)
        {
            _ = await Assert.ThrowsAsync<StoreUnavailableException>(() => _pulse.GuardAsync(() =>
            {
                asked++;
                return Task.FromResult(1);
            }));
        }

        Assert.Equal(0, asked);
    }

    [Fact]
    public async Task The_same_probe_hears_the_store_come_back()
    {
        var lost = LostAsync();
        var listening = ListenAsync(_atOnce);
        await lost;
        Assert.False(listening.IsCompleted);

        _probe.SetResult(7);

        Assert.Equal(7, await listening);
        Assert.False(_pulse.IsLost);
        Assert.Equal(1, await _pulse.GuardAsync(() => Task.FromResult(1)));
    }

    [Fact]
    public async Task Probe_that_fails_is_an_outage_and_one_that_succeeds_ends_it()
    {
        _probe.SetException(new TimeoutException());
        _ = await Assert.ThrowsAsync<TimeoutException>(() => ListenAsync(_never));
        Assert.True(_pulse.IsLost);

        _ = await _pulse.ListenAsync(Task.FromResult(1), _never, TimeProvider.System);

        Assert.False(_pulse.IsLost);
    }

    [Fact]
    public async Task Outage_is_told_once()
    {
        var told = 0;
        _pulse.Lost += (_, _) => told++;
        _probe.SetException(new TimeoutException());

        for (var i = 0; i < 3; i++)
        {
            _ = await Assert.ThrowsAsync<TimeoutException>(() => ListenAsync(_never));
        }

        Assert.Equal(1, told);
    }

    private Task<int> ListenAsync(TimeSpan limit) => _pulse.ListenAsync(_probe.Task, limit, TimeProvider.System);

    private Task LostAsync()
    {
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _pulse.Lost += (_, _) => lost.TrySetResult();
        return lost.Task;
    }
}
