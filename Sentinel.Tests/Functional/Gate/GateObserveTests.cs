using System.Net;
using Sentinel.Core.Decisions;
using Sentinel.Storage.Postgres;
using Sentinel.Storage.Redis;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Gate;

/// <summary>Who observes breaks no client, learns what would be refused, and can enforce it afterwards.</summary>
public sealed class GateObserveTests(GateObserveTests.ObservedWorld world)
    : IClassFixture<GateObserveTests.ObservedWorld>
{
    private static readonly BindingState[] _any = Enum.GetValues<BindingState>();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task First_use_still_binds()
    {
        var key = The.Key;

        Assert.Equal(HttpStatusCode.OK, await world.Observer.AskAsync(key, The.Caller));

        Assert.Equal("active", await world.Gate.StateAsync(key));
    }

    [Fact]
    public async Task Key_seen_from_several_networks_is_forwarded_contested_and_at_the_switch_bound_to_none()
    {
        var key = The.Key;
        _ = await world.Observer.AskAsync(key, The.Caller);

        Assert.Equal(HttpStatusCode.OK, await world.Observer.AskAsync(key, The.Stranger));
        Assert.Equal(HttpStatusCode.OK, await world.Observer.AskAsync(key, The.Caller));

        Assert.Equal("contested", await world.Gate.StateAsync(key));
        Assert.Equal([$"{The.Caller}/32", $"{The.Stranger}/32"], await NetworksAsync(key));
        Assert.Equal("approval_required", await ReasonAsync(key, The.Caller));
        Assert.Equal("approval_required", await ReasonAsync(key, The.Stranger));
        await Eventually.Holds(async () => await RowsAsync(key) is "address_mismatch:1 approval_required:1");
    }

    [Fact]
    public async Task Operator_decides_a_contest_by_saying_from_where_the_key_may_come()
    {
        var key = The.Key;
        _ = await world.Observer.AskAsync(key, The.Caller);
        _ = await world.Observer.AskAsync(key, The.Stranger);

        await TellAsync(await Changes.SetNetworksAsync(
            (await FindAsync(key)).Id, [The.Caller.ToNetwork(32, 64)], Cancelled));

        await Eventually.Holds(async () => await world.Gate.Proxy.AskAsync(key, The.Caller) is HttpStatusCode.OK);
        Assert.Equal("address_mismatch", await ReasonAsync(key, The.Stranger));
    }

    [Fact]
    public async Task Ban_holds_while_observing_from_everywhere()
    {
        var key = The.Key;
        _ = await world.Observer.AskAsync(key, The.Caller);
        await TellAsync(await Changes.SetStateAsync((await FindAsync(key)).Id, _any, BindingState.Banned, Cancelled));

        await Eventually.Holds(async () => await world.Observer.AskAsync(key, The.Caller) is HttpStatusCode.Forbidden);
        var beforeTheBell = await world.Gate.CameThroughAsync(key);

        Assert.Equal(HttpStatusCode.Forbidden, await world.Observer.AskAsync(key, The.Stranger));
        using var unknown = Anonymous(key);
        using var refused = await world.Observer.SendAsync(unknown);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        foreach (var decoy in new[] { The.Key, "not, a key" })
        {
            using var beside = await SendAsync(
                ("X-Real-IP", "203.0.113.7"), ("x-api-key", decoy), ("Authorization", $"Bearer {key}"));
            Assert.InRange((int)beside.StatusCode, 400, 401);
        }

        Assert.Equal(beforeTheBell, await world.Gate.CameThroughAsync(key));
    }

    [Fact]
    public async Task Lifted_ban_leaves_a_contested_key_contested()
    {
        var key = The.Key;
        _ = await world.Observer.AskAsync(key, The.Caller);
        _ = await world.Observer.AskAsync(key, The.Stranger);
        var id = (await FindAsync(key)).Id;

        _ = await Changes.SetStateAsync(id, _any, BindingState.Banned, Cancelled);
        _ = await Changes.SetStateAsync(id, _any, BindingState.Banned, Cancelled);
        Assert.Equal("banned", await world.Gate.StateAsync(key));
        _ = await Changes.SetStateAsync(id, [BindingState.Banned], BindingState.Active, Cancelled);

        Assert.Equal("contested", await world.Gate.StateAsync(key));
    }

    [Fact]
    public async Task Second_network_does_not_wait_for_a_first_use_and_binds_nothing()
    {
        await using var held = await HeldService.StartAsync();
        await using var holder = world.Gate.NewProxy([("Sentinel:Decisions:Mode", "observe"), .. held.Route]);
        var key = The.Key;
        var first = holder.AskAsync(key, The.Caller, target: HeldService.Target);
        await Eventually.Holds(async () => await world.Gate.StateAsync(key) == "claimed");

        Assert.Equal(HttpStatusCode.OK, await world.Observer.AskAsync(key, The.Stranger));
        Assert.Equal("claimed", await world.Gate.StateAsync(key));

        held.Answer();
        Assert.Equal(HttpStatusCode.OK, await first);
        Assert.Equal([$"{The.Caller}/32"], await NetworksAsync(key));
        await Eventually.Holds(async () => await RowsAsync(key) is "claim_pending:1");
    }

    [Fact]
    public async Task Route_that_observes_leaves_the_others_enforcing()
    {
        await using var mixed = world.Gate.NewProxy(
            ("Sentinel:Routes:trial:Path", "/trial/{**rest}"), ("Sentinel:Routes:trial:Mode", "observe"));
        var key = The.Key;
        _ = await mixed.AskAsync(key, The.Caller);

        Assert.Equal(HttpStatusCode.OK, await mixed.AskAsync(The.Key, The.Caller, target: "/trial/models"));
        Assert.Equal(HttpStatusCode.Forbidden, await mixed.AskAsync(key, The.Stranger));
        Assert.Equal("active", await world.Gate.StateAsync(key));
        Assert.Equal(HttpStatusCode.OK, await mixed.AskAsync(key, The.Stranger, target: "/trial/models"));
    }

    [Fact]
    public async Task Missing_key_goes_through() =>
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(("X-Real-IP", "203.0.113.7"))).StatusCode);

    [Fact]
    public async Task Client_with_two_keys_or_a_malformed_one_goes_through_as_it_came()
    {
        var (key, other) = (The.Key, The.Key);

        using var both = await SendAsync(
            ("X-Real-IP", "203.0.113.7"), ("Authorization", $"Bearer {key}"), ("x-api-key", other));
        using var malformed = await SendAsync(("X-Real-IP", "203.0.113.7"), ("Authorization", "Basic dXNlcjpwdw=="));

        Assert.Equal(HttpStatusCode.OK, both.StatusCode);
        Assert.Equal(HttpStatusCode.OK, malformed.StatusCode);
        Assert.Equal(1, await world.Gate.CameThroughAsync(key));
        Assert.Null(await world.Gate.StateAsync(key));
        Assert.Null(await world.Gate.StateAsync(other));
    }

    [Fact]
    public async Task Caller_that_cannot_be_determined_goes_through_and_binds_nothing()
    {
        var key = The.Key;
        using var request = Anonymous(key);

        using var answer = await world.Observer.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Null(await world.Gate.StateAsync(key));
        await Eventually.Holds(async () => await RowsAsync(key) is "caller_unknown:1");
    }

    private BindingChanges Changes => world.Gate.Stores.Host.Get<BindingChanges>();

    private static HttpRequestMessage Anonymous(string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/anything");
        request.Headers.Add("Authorization", $"Bearer {key}");
        request.Headers.Add("X-Real-IP", "not an address");
        return request;
    }

    private async Task<HttpResponseMessage> SendAsync(params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/anything");
        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        return await world.Observer.SendAsync(request);
    }

    private async Task<string> ReasonAsync(string key, Core.Callers.ClientAddress caller)
    {
        using var refused = await world.Gate.Proxy.SendAsync(key, caller);
        return Assert.Single(refused.Headers.GetValues("x-sentinel-reason"));
    }

    private Task<string[]> NetworksAsync(string key) => world.Gate.Stores.Host.ScalarAsync<string[]>(
        "SELECT networks::text[] FROM bindings WHERE fingerprint = $1", world.Gate.Fingerprint(key).ToByteArray());

    /// <summary>What was recorded as observed, as reason and count.</summary>
    private Task<string> RowsAsync(string key) => world.Gate.Stores.Host.ScalarAsync<string>(
        """
        SELECT coalesce(string_agg(reason || ':' || total, ' ' ORDER BY reason), '') FROM (
            SELECT reason, sum(count) AS total FROM intercept_logs WHERE fingerprint = $1 AND observed GROUP BY reason
        ) AS rows
        """,
        world.Gate.Fingerprint(key).ToByteArray());

    private async Task<Binding> FindAsync(string key) =>
        (await world.Gate.Stores.Host.Get<BindingStore>().FindAsync(world.Gate.Fingerprint(key), Cancelled))!;

    private async Task TellAsync(Binding? changed)
    {
        Assert.NotNull(changed);
        await world.Gate.Stores.Host.Get<BindingCache>().RemoveAsync(changed.Fingerprint, changed.Version, Cancelled);
        _ = await world.Gate.Stores.Host.Get<Bell>().RingAsync(changed.Fingerprint, changed.Version, Cancelled);
    }

    /// <summary>A replica that observes beside those that enforce.</summary>
    public sealed class ObservedWorld(RealStores stores) : IAsyncLifetime
    {
        public GateWorld Gate { get; } = new(stores);

        public ProxyApp Observer { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await Gate.InitializeAsync();
            Observer = Gate.NewProxy(("Sentinel:Decisions:Mode", "observe"));
        }

        public async ValueTask DisposeAsync()
        {
            await Observer.DisposeAsync();
            await Gate.DisposeAsync();
        }
    }
}
