using System.Net;
using Sentinel.Core.Callers;
using Sentinel.Core.Decisions;
using Sentinel.Storage.Postgres;
using Sentinel.Storage.Redis;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Gate;

/// <summary>No routine makes a known key unknown: what was put away does not go to whoever comes next.</summary>
public sealed class GateArchiveTests(GateWorld world) : IClassFixture<GateWorld>
{
    private static readonly BindingState[] _any = Enum.GetValues<BindingState>();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private BindingChanges Changes => world.Stores.Host.Get<BindingChanges>();

    [Fact]
    public async Task Archived_key_waits_for_approval_elsewhere_and_is_revived_by_its_own_network()
    {
        var key = await BoundAsync(world.Proxy);
        await SetAsync(key, BindingState.Archived);

        await Eventually.Holds(async () => await ReasonAsync(world.Proxy, key, The.Stranger) is "approval_required");
        Assert.Equal("archived", await world.StateAsync(key));
        Assert.Equal(HttpStatusCode.OK, await world.Proxy.AskAsync(key, The.Caller));
        Assert.Equal("active", await world.StateAsync(key));

        await Eventually.Holds(async () =>
            await ReasonAsync(world.OtherProxy, key, The.Stranger) is "address_mismatch");
        Assert.Equal(HttpStatusCode.OK, await world.OtherProxy.AskAsync(key, The.Caller));
    }

    [Fact]
    public async Task Archived_key_is_bound_anew_by_whoever_comes_where_that_is_the_rule()
    {
        await using var rebinding = world.NewProxy(("Sentinel:Decisions:ArchivedKeys", "rebind"));
        var key = await BoundAsync(rebinding);
        await SetAsync(key, BindingState.Archived);

        await Eventually.Holds(async () => await rebinding.AskAsync(key, The.Stranger) is HttpStatusCode.OK);

        Assert.Equal("active", await world.StateAsync(key));
        Assert.Equal(HttpStatusCode.Forbidden, await rebinding.AskAsync(key, The.Caller));
        Assert.Equal("address_mismatch", await ReasonAsync(world.OtherProxy, key, The.Caller));
    }

    [Fact]
    public async Task Archived_key_that_was_rebound_meanwhile_is_not_revived_by_its_former_network()
    {
        var key = await BoundAsync(world.Proxy);
        await SetAsync(key, BindingState.Archived);
        await Eventually.Holds(async () => await ReasonAsync(world.Proxy, key, The.Stranger) is "approval_required");

        // Nobody is told, so that the replica still remembers the tombstone.
        _ = await Changes.RebindAsync((await FindAsync(key)).Id, [The.Stranger.ToNetwork(32, 64)], Cancelled);

        Assert.Equal("address_mismatch", await ReasonAsync(world.Proxy, key, The.Caller));
        Assert.Equal(1, await world.CameThroughAsync(key));
    }

    [Fact]
    public async Task Lifted_ban_leaves_an_archived_key_archived()
    {
        var key = await BoundAsync(world.Proxy);
        await SetAsync(key, BindingState.Archived);
        await SetAsync(key, BindingState.Banned);

        await SetAsync(key, BindingState.Active);

        Assert.Equal("archived", await world.StateAsync(key));
    }

    [Fact]
    public async Task Released_key_goes_to_its_next_use_wherever_that_comes_from()
    {
        var key = await BoundAsync(world.Proxy);
        await TellAsync(await Changes.UnbindAsync((await FindAsync(key)).Id, release: true, Cancelled));

        await Eventually.Holds(async () => await world.OtherProxy.AskAsync(key, The.Stranger) is HttpStatusCode.OK);

        await Eventually.Holds(async () => await ReasonAsync(world.Proxy, key, The.Caller) is "address_mismatch");
    }

    [Fact]
    public async Task Key_for_which_a_next_network_was_named_goes_to_no_other()
    {
        var key = await BoundAsync(world.Proxy);
        var next = The.Address("192.0.2.77");
        await TellAsync(await Changes.RebindAsync((await FindAsync(key)).Id, [next.ToNetwork(32, 64)], Cancelled));

        await Eventually.Holds(async () => await ReasonAsync(world.Proxy, key, The.Caller) is "address_mismatch");
        Assert.Equal("address_mismatch", await ReasonAsync(world.OtherProxy, key, The.Stranger));
        Assert.Equal(HttpStatusCode.OK, await world.OtherProxy.AskAsync(key, next));
    }

    private static async Task<string?> ReasonAsync(ProxyApp proxy, string key, ClientAddress caller)
    {
        using var answer = await proxy.SendAsync(key, caller);
        return answer.Headers.TryGetValues("x-sentinel-reason", out var reasons) ? reasons.Single() : null;
    }

    private static async Task<string> BoundAsync(ProxyApp proxy)
    {
        var key = The.Key;
        Assert.Equal(HttpStatusCode.OK, await proxy.AskAsync(key, The.Caller));
        return key;
    }

    private async Task SetAsync(string key, BindingState state) =>
        await TellAsync(await Changes.SetStateAsync((await FindAsync(key)).Id, _any, state, Cancelled));

    private async Task<Binding> FindAsync(string key) =>
        (await world.Stores.Host.Get<BindingStore>().FindAsync(world.Fingerprint(key), Cancelled))!;

    private async Task TellAsync(Binding? changed)
    {
        Assert.NotNull(changed);
        await world.Stores.Host.Get<BindingCache>().RemoveAsync(changed.Fingerprint, changed.Version, Cancelled);
        _ = await world.Stores.Host.Get<Bell>().RingAsync(changed.Fingerprint, changed.Version, Cancelled);
    }
}
