using System.Collections.Immutable;
using Sentinel.Core.Decisions;
using Sentinel.Core.Trail;
using Sentinel.Storage.Redis;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Storage;

/// <summary>A cluster runs no script about keys that lie in several of its parts.</summary>
public sealed class RedisClusterTests(RealStores stores) : IAsyncLifetime
{
    private static readonly TimeSpan _window = TimeSpan.FromMinutes(5);

    private RedisServer _redis = null!;
    private StorageHost _host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.StartClusterAsync();
        _host = await StorageHost.StartAsync(await stores.NewDatabaseAsync(), _redis.ConnectionString);
    }

    [Fact]
    public async Task Refusals_of_many_keys_are_counted_in_one_trip()
    {
        (AlertSubject, int)[] refusals =
            [.. Enumerable.Range(1, 20).Select(count => (new AlertSubject(The.Fingerprint, Guid.NewGuid()), count))];
        long[]? counts = null;

        await Eventually.Holds(async () =>
            (counts = await _host.Get<InterceptCounters>().AddAsync(refusals, _window, Cancel)) is not null);

        Assert.Equal(refusals.Select(refusal => (long)refusal.Item2), counts!);
    }

    [Fact]
    public async Task First_uses_of_a_network_and_of_those_around_it_are_counted_together()
    {
        var counters = _host.Get<ClaimCounters>();
        var caps = ((string[])["203.0.113.7/32", "203.0.113.0/24", "203.0.0.0/16"])
            .Select(network => new ClaimCap(The.Network(network), 1)).ToImmutableArray();

        await Eventually.Holds(async () =>
            await counters.TakeAsync(caps, _window, Cancel) is { IsFlood: false });

        Assert.True((await counters.TakeAsync(caps, _window, Cancel))!.Value.IsFlood);
        Assert.True(await counters.GiveBackAsync(caps, hasFailed: false, _window, Cancel));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _redis.DisposeAsync();
    }
}
