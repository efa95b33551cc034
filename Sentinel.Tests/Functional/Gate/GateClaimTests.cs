using System.Net;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Gate;

/// <summary>The time between a key's first use and downstream's word about it.</summary>
public sealed class GateClaimTests(GateWorld world) : IClassFixture<GateWorld>
{
    private static readonly (string, string) _patience = ("Sentinel:Decisions:ClaimWait", "00:01:00");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("status-200", "active")]
    [InlineData("status-201", "active")]
    [InlineData("status-204", "active")]
    [InlineData("status-304", "active")]
    [InlineData("html",       null)]
    [InlineData("status-302", null)]
    [InlineData("status-401", null)]
    [InlineData("status-403", null)]
    [InlineData("status-404", null)]
    [InlineData("error-429",  null)]
    [InlineData("status-500", null)]
    public async Task First_use_binds_if_downstream_accepts_the_key_and_else_leaves_no_row(string script, string? state)
    {
        var key = The.Key;

        _ = await world.Proxy.AskAsync(key, The.Caller, script);

        await Eventually.Holds(async () => await world.StateAsync(key) == state);
        var stranger = await world.OtherProxy.AskAsync(key, The.Stranger);
        Assert.Equal(state is null ? HttpStatusCode.OK : HttpStatusCode.Forbidden, stranger);
    }

    [Theory]
    [InlineData("application/json", "active")]
    [InlineData(null,               "active")]
    [InlineData("TEXT/HTML",        null)]
    [InlineData("text/html;",       null)]
    [InlineData("text/html;;charset=utf-8", null)]
    [InlineData("text/html, */*",   null)]
    public async Task Page_binds_nothing_however_its_type_is_written(string? contentType, string? state)
    {
        await using var service = await HeldService.StartAsync(contentType);
        service.Answer();
        await using var proxy = world.NewProxy(("DOWNSTREAM_URL", service.Address));
        var key = The.Key;

        Assert.Equal(HttpStatusCode.OK, await proxy.AskAsync(key, The.Caller));

        Assert.Equal(state, await world.StateAsync(key));
    }

    [Fact]
    public async Task First_use_in_flight_keeps_other_networks_out_until_it_binds()
    {
        await using var held = await HeldService.StartAsync();
        await using var holder = world.NewProxy(held.Route);
        await using var patient = world.NewProxy(_patience);
        var key = The.Key;
        var first = holder.AskAsync(key, The.Caller, target: HeldService.Target);
        await Eventually.Holds(async () => await world.StateAsync(key) == "claimed");

        var contender = patient.AskAsync(key, The.Stranger);
        await Eventually.Holds(() => world.IsContendedAsync(key));
        held.Answer();

        Assert.Equal(HttpStatusCode.OK, await first);
        Assert.Equal(HttpStatusCode.Forbidden, await contender);
        Assert.Equal(0, await world.CameThroughAsync(key));
    }

    [Fact]
    public async Task Contender_gets_the_key_when_the_first_use_fails()
    {
        await using var held = await HeldService.StartAsync();
        await using var holder = world.NewProxy(held.Route);
        await using var patient = world.NewProxy(_patience);
        var key = The.Key;
        var first = holder.AskAsync(key, The.Caller, target: HeldService.Target);
        await Eventually.Holds(async () => await world.StateAsync(key) == "claimed");

        var contender = patient.AskAsync(key, The.Stranger);
        await Eventually.Holds(() => world.IsContendedAsync(key));
        held.Answer(HttpStatusCode.Unauthorized);

        Assert.Equal(HttpStatusCode.Unauthorized, await first);
        Assert.Equal(HttpStatusCode.OK, await contender);
        await Eventually.Holds(async () => await world.StateAsync(key) == "active");
    }

    [Fact]
    public async Task Contender_is_told_to_come_again_when_the_first_use_takes_long()
    {
        await using var held = await HeldService.StartAsync();
        await using var holder = world.NewProxy(held.Route);
        await using var impatient = world.NewProxy(("Sentinel:Decisions:ClaimWait", "00:00:00.100"));
        var key = The.Key;
        var first = holder.AskAsync(key, The.Caller, target: HeldService.Target);
        await Eventually.Holds(async () => await world.StateAsync(key) == "claimed");

        using var contender = await impatient.SendAsync(key, The.Stranger);

        Assert.Equal(HttpStatusCode.Conflict, contender.StatusCode);
        Assert.Equal("claim_pending", Assert.Single(contender.Headers.GetValues("x-sentinel-reason")));
        Assert.NotNull(contender.Headers.RetryAfter);
        held.Answer();
        _ = await first;
    }

    [Fact]
    public async Task First_use_that_is_given_up_leaves_no_row()
    {
        var key = The.Key;
        using var impatience = new CancellationTokenSource();
        using var request = ProxyApp.Request(HttpMethod.Get, "/anything", key, The.Caller);
        request.Headers.Add("x-script", "slow-start-60s");
        var first = world.Proxy.Client.SendAsync(request, impatience.Token);
        await Eventually.Holds(async () => await world.StateAsync(key) == "claimed");

        await impatience.CancelAsync();

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await Eventually.Holds(async () => await world.StateAsync(key) is null);
    }

    [Fact]
    public async Task Claim_outlives_a_failed_request_while_another_of_its_network_is_in_flight()
    {
        await using var held = await HeldService.StartAsync();
        await using var proxy = world.NewProxy(held.Route);
        var key = The.Key;
        var slow = proxy.AskAsync(key, The.Caller, target: HeldService.Target);
        await Eventually.Holds(async () => await world.StateAsync(key) == "claimed");

        Assert.Equal(HttpStatusCode.Unauthorized, await proxy.AskAsync(key, The.Caller, "status-401"));

        Assert.Equal("claimed", await world.StateAsync(key));
        held.Answer();
        Assert.Equal(HttpStatusCode.OK, await slow);
        await Eventually.Holds(async () => await world.StateAsync(key) == "active");
    }

    [Fact]
    public async Task Promotion_that_finds_another_winner_ends_its_stream()
    {
        await using var held = await HeldService.StartAsync();
        await using var careless = world.NewProxy(
            ("Sentinel:Decisions:ClaimLease", "00:00:01"), ("DOWNSTREAM_URL", held.Address));
        await using var patient = world.NewProxy(_patience);
        var key = The.Key;
        var slow = careless.AskAsync(key, The.Caller);
        await Eventually.Holds(async () => await world.StateAsync(key) == "claimed");

        Assert.Equal(HttpStatusCode.OK, await patient.AskAsync(key, The.Stranger));
        held.Answer();

        _ = await Assert.ThrowsAsync<HttpRequestException>(() => slow);
        await Eventually.Holds(async () => await InterceptsAsync(key) == "address_mismatch:1");
        Assert.Equal(HttpStatusCode.Forbidden, await careless.AskAsync(key, The.Caller));
    }

    [Fact]
    public async Task Bind_on_arrival_binds_whatever_downstream_says()
    {
        await using var eager = world.NewProxy(("Sentinel:Decisions:BindOnArrival", "true"));
        var key = The.Key;

        _ = await eager.AskAsync(key, The.Caller, "status-401");

        Assert.Equal("active", await world.StateAsync(key));
        Assert.Equal(HttpStatusCode.Forbidden, await eager.AskAsync(key, The.Stranger));
    }

    [Fact]
    public async Task Of_many_first_uses_from_many_networks_over_two_replicas_one_network_wins()
    {
        await using var one = world.NewProxy(_patience, ("Sentinel:Decisions:MaxUnknownWait", "00:01:00"));
        await using var other = world.NewProxy(_patience, ("Sentinel:Decisions:MaxUnknownWait", "00:01:00"));
        var key = The.Key;
        ProxyApp[] replicas = [one, other];
        var uses = Enumerable.Range(0, 200).Select(async number =>
        {
            var caller = The.Address($"203.0.113.{1 + (number % 20)}");
            return (Caller: caller, Status: await replicas[number % 2].AskAsync(key, caller));
        });

        var outcomes = await Task.WhenAll(uses);

        var winner = Assert.Single(
            outcomes.Where(it => it.Status is HttpStatusCode.OK).Select(it => it.Caller).Distinct());
        Assert.All(outcomes, it =>
            Assert.Equal(it.Caller == winner ? HttpStatusCode.OK : HttpStatusCode.Forbidden, it.Status));
        Assert.All(await world.Downstream.SeenAsync(key, Cancelled), it => Assert.Equal(
            winner.ToString(), it.GetProperty("callers").GetProperty("X-Forwarded-For").GetString()));
    }

    /// <summary>What was recorded of a key, as reason and count.</summary>
    private Task<string> InterceptsAsync(string key) => world.Stores.Host.ScalarAsync<string>(
        """
        SELECT coalesce(string_agg(reason || ':' || total, ' ' ORDER BY reason), '') FROM (
            SELECT reason, sum(count) AS total FROM intercept_logs WHERE fingerprint = $1 GROUP BY reason) AS rows
        """,
        world.Fingerprint(key).ToByteArray());
}
