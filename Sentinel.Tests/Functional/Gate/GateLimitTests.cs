using System.Net;
using System.Net.Http.Json;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Gate;

/// <summary>A limit on everything.</summary>
public sealed class GateLimitTests(GateWorld world) : IClassFixture<GateWorld>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Key_has_only_so_many_streams_and_refused_requests_take_none_of_them()
    {
        await using var proxy = world.NewProxy(("Sentinel:Decisions:MaxStreamsPerKey", "2"));
        var key = The.Key;
        using var first = await StreamAsync(proxy, key);
        var second = await StreamAsync(proxy, key);
        Assert.Equal(HttpStatusCode.Forbidden, await proxy.AskAsync(key, The.Stranger));

        using var refused = await proxy.SendAsync(key, The.Caller, target: "/v1/models");

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("rate_limited", Assert.Single(refused.Headers.GetValues("x-sentinel-reason")));
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.OK, await proxy.AskAsync(The.Key, The.Caller));
        second.Dispose();
        await Eventually.Holds(async () => await proxy.AskAsync(key, The.Caller) is HttpStatusCode.OK);
    }

    [Fact]
    public async Task Replica_has_only_so_many_streams()
    {
        await using var proxy = world.NewProxy(("Sentinel:Decisions:MaxStreams", "1"));
        using var limited = new Measured(proxy, "sentinel.gate.limited");
        var first = await StreamAsync(proxy, The.Key);
        var key = The.Key;

        using var refused = await proxy.SendAsync(key, The.Caller);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal("overloaded", Assert.Single(refused.Headers.GetValues("x-sentinel-reason")));
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal(1, limited.Sum);
        first.Dispose();
        await Eventually.Holds(async () => await proxy.AskAsync(key, The.Stranger) is HttpStatusCode.OK);
    }

    [Fact]
    public async Task Unknown_keys_that_wait_for_PostgreSQL_leave_the_known_ones_alone()
    {
        await using var proxy = world.NewProxy(
            ("Sentinel:Decisions:MaxUnknownLookups", "1"), ("Sentinel:Decisions:MaxUnknownWaiting", "0"),
            ("Sentinel:Storage:CommandTimeout", "5"));
        var known = The.Key;
        _ = await proxy.AskAsync(known, The.Caller);
        await using var connection = await world.Stores.Host.Database.OpenConnectionAsync(Cancelled);
        await using var transaction = await connection.BeginTransactionAsync(Cancelled);
        await using var command = connection.CreateCommand();
        command.CommandText = "LOCK TABLE bindings IN ACCESS EXCLUSIVE MODE";
        _ = await command.ExecuteNonQueryAsync(Cancelled);

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => proxy.SendAsync(The.Key, The.Stranger)));

        Assert.Equal(
            ["overloaded", "overloaded", "overloaded", "overloaded", "store_unavailable"],
            answers.Select(it => it.Headers.GetValues("x-sentinel-reason").Single()).Order(StringComparer.Ordinal));
        Assert.Equal(HttpStatusCode.OK, await proxy.AskAsync(known, The.Caller));
    }

    [Fact]
    public async Task Headers_that_are_too_large_or_too_slow_are_refused()
    {
        using var large = new RawClient(world.Proxy);
        await large.SendHeadAsync($"GET /a|x-large: {new string('x', 33 * 1024)}", The.Key, The.Caller);
        Assert.Contains(" 431 ", await large.ReadLineAsync(), StringComparison.Ordinal);

        await using var proxy = world.NewProxy(("Sentinel:Forwarding:HeaderTimeout", "00:00:01"));
        using var slow = new RawClient(proxy);
        await slow.SendAsync("GET /a HTTP/1.1\r\nHost: a\r\n");
        Assert.Contains(" 408 ", await slow.ReadLineAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_that_comes_too_slowly_is_refused()
    {
        var key = The.Key;
        using var client = new RawClient(world.Proxy);
        await client.SendHeadAsync("POST /v1/chat/completions|Content-Length: 1000", key, The.Caller);
        await client.SendAsync("{");

        Assert.Contains(" 408 ", await client.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Null(await world.StateAsync(key));
    }

    private static async Task<HttpResponseMessage> StreamAsync(ProxyApp proxy, string key)
    {
        using var request = ProxyApp.Request(HttpMethod.Post, "/v1/chat/completions", key, The.Caller);
        request.Content = JsonContent.Create(new { model = "pause-600s", stream = true });
        var answer = await proxy.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return answer;
    }
}
