using System.Collections.Concurrent;
using System.Diagnostics;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Gate;

/// <summary>What a trace shows of a decision.</summary>
public sealed class GateTraceTests : IClassFixture<GateWorld>, IDisposable
{
    private readonly GateWorld _world;
    private readonly ConcurrentBag<Activity> _ended = [];
    private readonly ActivityListener _listener;

    public GateTraceTests(GateWorld world)
    {
        _world = world;
        _listener = Spans.Record(_ended.Add);
    }

    [Fact]
    public async Task Bind_is_a_span_of_the_request_with_the_store_trips_as_its_children()
    {
        var key = The.Key;

        _ = await _world.Proxy.AskAsync(key, The.Caller);

        var gate = await GateSpanAsync("bind", key);
        await Eventually.Holds(() => Server(gate) is not null);
        Assert.Equal(The.Caller.ToString(), gate.GetTagItem("sentinel.caller"));
        Assert.Equal(["HGET", "EVALSHA", "EVALSHA"], ChildrenOf(gate, "Sentinel.Redis").Select(it => it.DisplayName));
        Assert.Equal(3, Statements(gate).Count());
    }

    [Fact]
    public async Task Intercept_of_a_key_that_is_not_remembered_shows_where_it_was_looked_up()
    {
        var key = The.Key;
        _ = await _world.Proxy.AskAsync(key, The.Caller);

        _ = await _world.OtherProxy.AskAsync(key, The.Stranger);

        var gate = await GateSpanAsync("intercept", key);
        Assert.Equal("address_mismatch", gate.GetTagItem("sentinel.reason"));
        Assert.Equal(["HGET"], ChildrenOf(gate, "Sentinel.Redis").Select(it => it.DisplayName));
        Assert.Empty(Statements(gate));
        await Eventually.Holds(() => Server(gate)?.GetTagItem("http.response.status_code") is 403);
    }

    [Fact]
    public async Task Refusals_row_is_a_span_that_is_linked_to_the_decision()
    {
        var key = The.Key;
        _ = await _world.Proxy.AskAsync(key, The.Caller);

        _ = await _world.Proxy.AskAsync(key, The.Stranger);

        var gate = await GateSpanAsync("intercept", key);
        await Eventually.Holds(() => _ended.Any(it =>
            it.OperationName == "sentinel.trail" && it.Links.Any(link => link.Context.SpanId == gate.SpanId)));
    }

    [Fact]
    public async Task No_span_holds_a_query_value()
    {
        var key = The.Key;
        _ = await _world.Proxy.AskAsync(key, The.Caller, target: "/anything?key=" + key + "&secret=query-value");

        _ = await GateSpanAsync("bind", key);

        await Eventually.Holds(() => _ended.Any(it => it.Source.Name == "Microsoft.AspNetCore"));
        Assert.DoesNotContain(_ended.SelectMany(it => it.TagObjects), tag =>
            tag.Value?.ToString() is { } value && (value.Contains("query-value") || value.Contains(key)));
    }

    [Fact]
    public async Task Trusted_proxy_says_what_the_trace_and_the_request_are_called()
    {
        var (key, id, trace) = (The.Key, Guid.NewGuid().ToString(), ActivityTraceId.CreateRandom());
        _ = await _world.Proxy.AskAsync(key, The.Caller);

        using var refused = await _world.Proxy.SendAsync(Traced(key, id, trace));

        Assert.Equal(id, Assert.Single(refused.Headers.GetValues("x-request-id")));
        Assert.Equal(trace, (await GateSpanAsync("intercept", key)).TraceId);
    }

    [Theory]
    [InlineData("Sentinel:Callers:ProxySecret", "what the proxies show")]
    [InlineData("TRUSTED_PROXIES", "10.9.9.0/24")]
    [InlineData("TRUSTED_PROXIES", "")]
    public async Task Anybody_else_does_not(string setting, string value)
    {
        await using var proxy = _world.NewProxy((setting, value));
        var (key, id, trace) = (The.Key, Guid.NewGuid().ToString(), ActivityTraceId.CreateRandom());
        _ = await _world.Proxy.AskAsync(key, The.Caller);

        using var refused = await proxy.SendAsync(Traced(key, id, trace));

        Assert.NotEqual(id, Assert.Single(refused.Headers.GetValues("x-request-id")));
        Assert.NotEqual(trace, (await GateSpanAsync("intercept", key)).TraceId);
    }

    public void Dispose() => _listener.Dispose();

    private static HttpRequestMessage Traced(string key, string id, ActivityTraceId trace)
    {
        var request = ProxyApp.Request(HttpMethod.Get, "/v1/models", key, The.Stranger);
        request.Headers.Add("x-request-id", id);
        request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");
        return request;
    }

    /// <summary>
    /// What was asked of PostgreSQL; the pool may have opened a connection on the way, a span of its own.
    /// </summary>
    private IEnumerable<Activity> Statements(Activity gate) =>
        ChildrenOf(gate, "Npgsql").Where(it => it.GetTagItem("db.query.text") is not null);

    private async Task<Activity> GateSpanAsync(string decision, string key)
    {
        Activity? found = null;
        await Eventually.Holds(() => (found = _ended.FirstOrDefault(it =>
            it.OperationName == "sentinel.gate"
            && it.GetTagItem("sentinel.decision") is string made && made == decision
            && it.GetTagItem("sentinel.key.hint") is string hint && hint.EndsWith(key[^4..], StringComparison.Ordinal)))
            is not null);
        return found!;
    }

    private Activity? Server(Activity gate) =>
        _ended.FirstOrDefault(it => it.SpanId == gate.ParentSpanId && it.Source.Name == "Microsoft.AspNetCore");

    private IEnumerable<Activity> ChildrenOf(Activity gate, string source) => _ended
        .Where(it => it.ParentSpanId == gate.SpanId && it.Source.Name == source)
        .OrderBy(it => it.StartTimeUtc);
}
