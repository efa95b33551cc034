using System.Diagnostics;
using System.Net;
using Sentinel.Storage.Postgres;
using Sentinel.Storage.Redis;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Gate;

/// <summary>First uses that take long, wait, or meet a change of their key.</summary>
public sealed class GateFirstUseTests(GateWorld world) : IClassFixture<GateWorld>
{

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Change_of_a_key_does_not_end_a_request_that_is_still_being_decided_on()
    {
        await using var held = await HeldService.StartAsync();
        await using var holder = world.NewProxy(held.Route);
        await using var patient = world.NewProxy(("Sentinel:Decisions:ClaimWait", "00:01:00"));
        var key = The.Key;
        var first = holder.AskAsync(key, The.Stranger, target: HeldService.Target);
        await Eventually.Holds(async () => await world.StateAsync(key) == "claimed");
        var contender = patient.AskAsync(key, The.Caller);
        await Eventually.Holds(() => world.IsContendedAsync(key));

        Assert.True(await world.Stores.Host.Get<Bell>().RingAsync(world.Fingerprint(key), 1, Cancelled));

        held.Answer(HttpStatusCode.Unauthorized);
        Assert.Equal(HttpStatusCode.Unauthorized, await first);
        Assert.Equal(HttpStatusCode.OK, await contender);
    }

    [Fact]
    public async Task Unbound_key_that_its_owner_binds_again_at_once_stays_his()
    {
        await using var held = await HeldService.StartAsync();
        await using var holder = world.NewProxy(held.Route);
        var key = The.Key;
        _ = await world.Proxy.AskAsync(key, The.Caller);
        var stores = world.Stores.Host;
        var binding = (await stores.Get<BindingStore>().FindAsync(world.Fingerprint(key), Cancelled))!;
        var removed = (await stores.Get<BindingChanges>().UnbindAsync(binding.Id, release: true, Cancelled))!;
        await stores.Get<BindingCache>().RemoveAsync(removed.Fingerprint, removed.Version, Cancelled);
        var again = holder.AskAsync(key, The.Caller, target: HeldService.Target);
        await Eventually.Holds(async () => await world.StateAsync(key) == "claimed");

        // Late, and twice, as the bell and the feed may tell it.
        _ = await stores.Get<Bell>().RingAsync(removed.Fingerprint, removed.Version, Cancelled);
        _ = await stores.Get<Bell>().RingAsync(removed.Fingerprint, removed.Version, Cancelled);

        held.Answer();
        Assert.Equal(HttpStatusCode.OK, await again);
        await Eventually.Holds(async () => await world.StateAsync(key) == "active");
    }

    [Fact]
    public async Task Key_that_was_unknown_a_moment_ago_is_no_second_networks()
    {
        await using var forgetful = world.NewProxy(("Sentinel:Decisions:UnknownKeyLifetime", "00:00:10"));
        var key = The.Key;
        _ = await forgetful.AskAsync(key, The.Stranger, "status-401");
        Assert.Equal(HttpStatusCode.OK, await world.Proxy.AskAsync(key, The.Caller));

        Assert.Equal(HttpStatusCode.Forbidden, await forgetful.AskAsync(key, The.Stranger));
        Assert.Equal(HttpStatusCode.OK, await forgetful.AskAsync(key, The.Caller));
    }

    [Fact]
    public async Task Contender_that_came_in_vain_waited_for_five_seconds_and_is_no_intercept()
    {
        var key = The.Key;
        using var first = new CancellationTokenSource();
        using var request = ProxyApp.Request(HttpMethod.Get, "/anything", key, The.Caller);
        request.Headers.Add("x-script", "slow-start-60s");
        var slow = world.Proxy.Client.SendAsync(request, first.Token);
        await Eventually.Holds(async () => await world.StateAsync(key) == "claimed");
        var watch = Stopwatch.StartNew();

        using var contender = await world.OtherProxy.SendAsync(key, The.Stranger);

        Assert.True(watch.Elapsed > TimeSpan.FromSeconds(4.5), $"It took only {watch.Elapsed}.");
        Assert.Equal("claim_pending", Assert.Single(contender.Headers.GetValues("x-sentinel-reason")));
        Assert.NotNull(contender.Headers.RetryAfter);
        Assert.False(contender.Headers.Contains("x-should-retry"));
        await first.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => slow);
        Assert.Equal(HttpStatusCode.OK, await world.Proxy.AskAsync(key, The.Caller));
        _ = await world.OtherProxy.AskAsync(key, The.Stranger);
        await Eventually.Holds(async () => await InterceptsAsync(key) == "address_mismatch:1");
    }

    [Fact]
    public async Task Lease_is_renewed_while_the_first_use_is_in_flight_and_nobody_waits()
    {
        await using var held = await HeldService.StartAsync();
        await using var careless = world.NewProxy([("Sentinel:Decisions:ClaimLease", "00:00:01"), .. held.Route]);
        var key = The.Key;
        var slow = careless.AskAsync(key, The.Caller, target: HeldService.Target);
        await Eventually.Holds(async () => await world.StateAsync(key) == "claimed");
        var lapsesAt = await LapsesAtAsync(key);

        await Eventually.Holds(async () => await LapsesAtAsync(key) > lapsesAt.AddSeconds(1));

        held.Answer();
        Assert.Equal(HttpStatusCode.OK, await slow);
        await Eventually.Holds(async () => await world.StateAsync(key) == "active");
        Assert.Equal(HttpStatusCode.Forbidden, await careless.AskAsync(key, The.Stranger));
    }

    private Task<DateTime> LapsesAtAsync(string key) => world.Stores.Host.ScalarAsync<DateTime>(
        "SELECT claim_expires_at FROM bindings WHERE fingerprint = $1", world.Fingerprint(key).ToByteArray());

    /// <summary>What was recorded of a key, as reason and count.</summary>
    private Task<string> InterceptsAsync(string key) => world.Stores.Host.ScalarAsync<string>(
        """
        SELECT coalesce(string_agg(reason || ':' || total, ' ' ORDER BY reason), '') FROM (
            SELECT reason, sum(count) AS total FROM intercept_logs WHERE fingerprint = $1 GROUP BY reason) AS rows
        """,
        world.Fingerprint(key).ToByteArray());
}
