using System.Diagnostics;
using System.Net;
using Sentinel.Core.Decisions;
using Sentinel.Storage.Postgres;
using Sentinel.Storage.Redis;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Gate;

/// <summary>What an operator changes reaches every replica within a second, streams in flight included.</summary>
public sealed class GateBellTests(GateWorld world) : IClassFixture<GateWorld>
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(1);
    private static readonly BindingState[] _active = [BindingState.Active];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Banned_key_is_refused_on_every_replica_within_a_second()
    {
        await Promptly.HappensWithinAsync(_limit, async () =>
        {
            var key = await BoundEverywhereAsync();
            var watch = Stopwatch.StartNew();
            await BanAsync(key);
            foreach (var replica in new[] { world.Proxy, world.OtherProxy })
            {
                await Eventually.Holds(async () => await replica.AskAsync(key, The.Caller) is HttpStatusCode.Forbidden);
            }

            return watch.Elapsed;
        });
    }

    [Fact]
    public async Task Unbound_key_binds_anew_on_every_replica_within_a_second()
    {
        await Promptly.HappensWithinAsync(_limit, async () =>
        {
            var key = await BoundEverywhereAsync();
            var watch = Stopwatch.StartNew();
            await UnbindAsync(key);
            await Eventually.Holds(async () => await world.OtherProxy.AskAsync(key, The.Stranger) is HttpStatusCode.OK);
            await Eventually.Holds(async () => await world.Proxy.AskAsync(key, The.Caller) is HttpStatusCode.Forbidden);
            return watch.Elapsed;
        });
    }

    [Theory]
    [InlineData("ban")]
    [InlineData("unbind")]
    [InlineData("edit")]
    public async Task Stream_of_a_key_that_is_forbidden_there_is_ended(string change)
    {
        await Promptly.HappensWithinAsync(_limit, async () =>
        {
            var key = await BoundEverywhereAsync();
            using var request = ProxyApp.Request(HttpMethod.Get, "/anything", key, The.Caller);
            request.Headers.Add("x-script", "slow-start-60s");
            var stream = world.OtherProxy.SendAsync(request);
            await Eventually.Holds(async () => await world.CameThroughAsync(key) == 3);
            var watch = Stopwatch.StartNew();
            await (change is "ban" ? BanAsync(key) : change is "unbind" ? UnbindAsync(key) : MoveAsync(key));
            _ = await Assert.ThrowsAsync<HttpRequestException>(() => stream);
            return watch.Elapsed;
        });
    }

    [Fact]
    public async Task Stream_of_another_key_goes_on()
    {
        var key = await BoundEverywhereAsync();
        var banned = await BoundEverywhereAsync();
        var stream = world.Proxy.AskAsync(key, The.Caller, "slow-start-700ms");
        await Eventually.Holds(async () => await world.CameThroughAsync(key) == 3);

        await BanAsync(banned);

        Assert.Equal(HttpStatusCode.OK, await stream);
    }

    private async Task<string> BoundEverywhereAsync()
    {
        var key = The.Key;
        Assert.Equal(HttpStatusCode.OK, await world.Proxy.AskAsync(key, The.Caller));
        Assert.Equal(HttpStatusCode.OK, await world.OtherProxy.AskAsync(key, The.Caller));
        return key;
    }

    private async Task BanAsync(string key)
    {
        var binding = await FindAsync(key);
        var banned = await world.Stores.Host.Get<BindingChanges>()
            .SetStateAsync(binding.Id, _active, BindingState.Banned, Cancelled);
        await TellAsync(banned!);
    }

    private async Task UnbindAsync(string key)
    {
        var binding = await FindAsync(key);
        var removed = await world.Stores.Host.Get<BindingChanges>().UnbindAsync(binding.Id, release: true, Cancelled);
        await TellAsync(removed!);
    }

    private async Task MoveAsync(string key) => await TellAsync((await world.Stores.Host.Get<BindingChanges>()
        .SetNetworksAsync((await FindAsync(key)).Id, [The.Stranger.ToNetwork(32, 64)], Cancelled))!);

    private async Task<Binding> FindAsync(string key) =>
        (await world.Stores.Host.Get<BindingStore>().FindAsync(world.Fingerprint(key), Cancelled))!;

    private async Task TellAsync(Binding changed)
    {
        var stores = world.Stores.Host;
        await stores.Get<BindingCache>().RemoveAsync(changed.Fingerprint, changed.Version, Cancelled);
        _ = await stores.Get<Bell>().RingAsync(changed.Fingerprint, changed.Version, Cancelled);
    }
}
