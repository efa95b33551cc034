using System.Diagnostics;
using Sentinel.Core.Decisions;
using Sentinel.Core.Trail;
using Sentinel.Storage.Redis;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Storage;

public sealed class RedisAwayTests(RealStores stores)
{
    private static readonly Binding _binding = new(
        Guid.NewGuid(), The.Fingerprint, "sk-…wxyz", BindingState.Active, [The.Network("203.0.113.7/32")], Version: 10);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mute_Redis_is_a_miss_within_the_limit_once_and_then_at_once_until_it_speaks()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var host = await NewHostAsync(redis);
        var cache = host.Get<BindingCache>();
        await cache.SetAsync(_binding, Cancel);
        var interruptions = 0;
        host.Get<Bell>().Interrupted += (_, _) => Interlocked.Increment(ref interruptions);
        await redis.SignalAsync("STOP");

        // The client itself would wait for ever.
        Assert.Null(await cache.GetAsync(_binding.Fingerprint, Cancel));
        await Eventually.Holds(() => Volatile.Read(ref interruptions) == 1);

        await Promptly.HappensWithinAsync(TimeSpan.FromSeconds(1), async () =>
        {
            var watch = Stopwatch.StartNew();
            Assert.Null(await cache.GetAsync(_binding.Fingerprint, Cancel));
            return watch.Elapsed;
        });

        await redis.SignalAsync("CONT");
        await Eventually.Holds(async () => await cache.GetAsync(_binding.Fingerprint, Cancel) is not null);
    }

    [Fact]
    public async Task Program_starts_and_answers_without_Redis()
    {
        var redis = await RedisServer.StartAsync();
        await redis.DisposeAsync();
        await using var host = await NewHostAsync(redis);
        var today = new DailyCount(DateOnly.FromDateTime(DateTime.UtcNow), 1, 1, 1);

        await host.Get<BindingCache>().SetAsync(_binding, Cancel);
        Assert.Null(await host.Get<BindingCache>().GetAsync(_binding.Fingerprint, Cancel));
        Assert.False(await host.Get<DailyCounters>().AddAsync(today, Cancel));
        Assert.Null(await host.Get<DailyCounters>().ReadAsync([today.Day], Cancel));
        Assert.False(await host.Get<Bell>().RingAsync(_binding.Fingerprint, 1, Cancel));
    }

    [Fact]
    public async Task Restart_interrupts_the_bell_and_forgets_neither_listeners_nor_scripts()
    {
        var port = ServerProcess.FreePort();
        var redis = await RedisServer.StartAsync(port);
        await using var host = await NewHostAsync(redis);
        var bell = host.Get<Bell>();
        var (heard, interruptions) = (0L, 0);
        Assert.True(await bell.ListenAsync((_, version) => Volatile.Write(ref heard, version), Cancel));
        bell.Interrupted += (_, _) => Interlocked.Increment(ref interruptions);
        await host.Get<BindingCache>().SetAsync(_binding, Cancel);

        await redis.DisposeAsync();
        await Eventually.Holds(() => Volatile.Read(ref interruptions) > 0);
        await using var restarted = await RedisServer.StartAsync(port);

        await Eventually.Holds(async () =>
            await bell.RingAsync(_binding.Fingerprint, 7, Cancel) && Volatile.Read(ref heard) == 7);
        await host.Get<BindingCache>().SetAsync(_binding, Cancel);
        Assert.NotNull(await host.Get<BindingCache>().GetAsync(_binding.Fingerprint, Cancel));
    }

    private async Task<StorageHost> NewHostAsync(RedisServer redis) =>
        await StorageHost.StartAsync(
            await stores.NewDatabaseAsync(), redis.ConnectionString, Patience.Some);
}
