using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Sentinel.Core.Trail;
using Sentinel.Storage.Redis;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Gate;

/// <summary>What is left of a decision.</summary>
public sealed class GateTrailTests(GateWorld world) : IClassFixture<GateWorld>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Refusal_becomes_a_row_without_the_query()
    {
        var key = await BoundAsync();

        using var refused = await world.Proxy.SendAsync(key, The.Stranger, target: "/v1/models?key=" + key);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        var id = Assert.Single(refused.Headers.GetValues("x-request-id"));
        await Eventually.Holds(async () => await CountAsync(key) == 1);
        Assert.Equal(
            $"address_mismatch|{The.Stranger}|GET|/v1/models|{id}|default",
            await world.Stores.Host.ScalarAsync<string>(
                """
                SELECT concat_ws('|', reason, host(caller), method, path, request_id, route)
                  FROM intercept_logs WHERE fingerprint = $1
                """,
                world.Fingerprint(key).ToByteArray()));
    }

    [Fact]
    public async Task Equal_refusals_share_a_row_with_an_exact_count()
    {
        var key = await BoundAsync();

        for (var i = 0; i < 20; i++)
        {
            _ = await world.Proxy.AskAsync(key, The.Stranger);
        }

        await Eventually.Holds(async () => await SumAsync(key) == 20);
        Assert.Equal(1, await CountAsync(key));
    }

    [Fact]
    public async Task Refusals_of_different_callers_are_rows_of_their_own()
    {
        var key = await BoundAsync();

        _ = await world.Proxy.AskAsync(key, The.Stranger);
        _ = await world.Proxy.AskAsync(key, The.Address("198.51.100.10"));

        await Eventually.Holds(async () => await CountAsync(key) == 2);
    }

    [Fact]
    public async Task Addresses_of_one_network_share_a_row()
    {
        var key = await BoundAsync();

        _ = await world.Proxy.AskAsync(key, The.Address("2001:db8:7::1"));
        _ = await world.Proxy.AskAsync(key, The.Address("2001:db8:7::2"));
        _ = await world.Proxy.AskAsync(key, The.Address("2001:db8:7:1::1"));

        await Eventually.Holds(async () => await SumAsync(key) == 3);
        Assert.Equal(2, await CountAsync(key));
    }

    [Fact]
    public async Task Refusals_of_another_key_reason_or_route_are_rows_of_their_own()
    {
        await using var proxy = world.NewProxy(("Sentinel:Routes:trial:Path", "/trial/{**rest}"));
        var (key, other) = (await BoundAsync(), await BoundAsync());

        _ = await Task.WhenAll(Enumerable.Range(0, 30).Select(async number =>
        {
            var method = number % 5 == 0 ? HttpMethod.Trace : HttpMethod.Get;
            var target = number % 3 == 0 ? "/trial/models" : "/anything";
            using var request = ProxyApp.Request(method, target, number < 15 ? key : other, The.Stranger);
            using var refused = await proxy.SendAsync(request);
            return refused.StatusCode;
        }));

        foreach (var each in new[] { key, other })
        {
            await Eventually.Holds(async () => await SumAsync(each) == 15);
            Assert.Equal(
                "address_mismatch default 8, address_mismatch trial 4, bad_request default 2, bad_request trial 1",
                await world.Stores.Host.ScalarAsync<string>(
                    """
                    SELECT string_agg(concat_ws(' ', reason, route, count), ', ' ORDER BY reason, route)
                      FROM intercept_logs WHERE fingerprint = $1
                    """,
                    world.Fingerprint(each).ToByteArray()));
        }
    }

    [Fact]
    public async Task Malformed_request_is_recorded_with_the_key_that_it_shows_and_only_counted_without_one()
    {
        var key = await BoundAsync();
        using var decisions = new Measured(world.Proxy, "sentinel.gate.decisions");

        using var blank = new HttpRequestMessage(HttpMethod.Trace, "/anything");
        blank.Headers.Add("X-Real-IP", The.Stranger.ToString());
        _ = await world.Proxy.SendAsync(blank);
        _ = await world.Proxy.SendAsync(ProxyApp.Request(HttpMethod.Trace, "/anything", key, The.Stranger));

        await Eventually.Holds(async () => await SumAsync(key) == 1);
        Assert.Equal(["intercept bad_request", "refuse bad_request"], decisions.Tags.Order());
    }

    [Fact]
    public async Task Key_that_is_shown_where_no_route_leads_is_recorded()
    {
        await using var proxy = world.NewProxy(("Sentinel:Routes:default:Path", "/v1/{**rest}"));
        var key = await BoundAsync();

        using var refused = await proxy.SendAsync(key, The.Stranger, target: "/elsewhere");

        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        await Eventually.Holds(async () => await SumAsync(key) == 1);
        Assert.Equal(
            $"bad_request|{The.Stranger}|/elsewhere||{Assert.Single(refused.Headers.GetValues("x-request-id"))}",
            await world.Stores.Host.ScalarAsync<string>(
                """
                SELECT concat_ws('|', reason, host(caller), path, route, request_id)
                  FROM intercept_logs WHERE fingerprint = $1
                """,
                world.Fingerprint(key).ToByteArray()));
    }

    [Fact]
    public async Task Key_that_is_shown_under_a_name_that_is_not_ours_is_recorded_and_traced()
    {
        await using var proxy = world.NewProxy(("ALLOWED_HOSTS", "api.test"));
        var key = await BoundAsync();
        var spans = new ConcurrentBag<Activity>();
        using var listener = Spans.Record(spans.Add);
        using var request = ProxyApp.Request(HttpMethod.Get, "/v1/models?key=" + key, key, The.Stranger);
        request.Headers.Host = "evil.test";

        using var refused = await proxy.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        await Eventually.Holds(async () => await SumAsync(key) == 1);
        await Eventually.Holds(() => spans.Any(IsDecision));
        var gate = spans.Single(IsDecision);
        Assert.Equal("intercept", gate.GetTagItem("sentinel.decision"));
        Assert.Equal("bad_request", gate.GetTagItem("sentinel.reason"));
        await Eventually.Holds(() => spans.Any(it => it.SpanId == gate.ParentSpanId
            && it.GetTagItem("http.response.status_code") is 400));
        Assert.Equal(
            $"bad_request|{The.Stranger}|GET|/v1/models|{gate.TraceId}"
                + $"|{Assert.Single(refused.Headers.GetValues("x-request-id"))}",
            await world.Stores.Host.ScalarAsync<string>(
                """
                SELECT concat_ws('|', reason, host(caller), method, path, trace_id, request_id)
                  FROM intercept_logs WHERE fingerprint = $1
                """,
                world.Fingerprint(key).ToByteArray()));

        bool IsDecision(Activity span) =>
            span.GetTagItem("sentinel.key.hint") is string hint && hint.EndsWith(key[^4..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outcomes_are_counted_for_the_day()
    {
        var key = await BoundAsync();
        _ = await world.Proxy.AskAsync(key, The.Caller);
        _ = await world.Proxy.AskAsync(key, The.Stranger);

        await Eventually.Holds(async () => await TodayAsync() is { Bound: > 0, Allowed: > 0, Intercepted: > 0 });
    }

    private async Task<DailyCount> TodayAsync()
    {
        // At midnight what was just counted is of yesterday.
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var counts = await world.Stores.Host.Get<DailyCounters>().ReadAsync([today.AddDays(-1), today], Cancelled);
        return new DailyCount(
            today, counts!.Sum(it => it.Allowed), counts!.Sum(it => it.Bound), counts!.Sum(it => it.Intercepted));
    }

    private async Task<string> BoundAsync()
    {
        var key = The.Key;
        Assert.Equal(HttpStatusCode.OK, await world.Proxy.AskAsync(key, The.Caller));
        return key;
    }

    private Task<long> CountAsync(string key) => world.Stores.Host.ScalarAsync<long>(
        "SELECT count(*) FROM intercept_logs WHERE fingerprint = $1", world.Fingerprint(key).ToByteArray());

    private Task<long> SumAsync(string key) => world.Stores.Host.ScalarAsync<long>(
        "SELECT coalesce(sum(count), 0) FROM intercept_logs WHERE fingerprint = $1",
        world.Fingerprint(key).ToByteArray());
}
