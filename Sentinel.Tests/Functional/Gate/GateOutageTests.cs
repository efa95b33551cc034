using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Sentinel.Proxy.Decisions;
using Sentinel.Storage.Pulses;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Gate;

/// <summary>Stores and a downstream of this class alone, so that they can be taken away.</summary>
public sealed class GateOutageTests : IAsyncLifetime
{
    private PostgresServer _postgres = null!;
    private RedisServer _redis = null!;
    private ExampleService _downstream = null!;
    private ProxyApp _proxy = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _postgres = await PostgresServer.StartAsync();
        _redis = await RedisServer.StartAsync();
        _downstream = new ExampleService();
        await _downstream.InitializeAsync();
        _proxy = NewProxy(_downstream.Address);
    }

    [Fact]
    public async Task Downstream_that_is_away_is_told_to_the_caller_in_its_own_dialect()
    {
        await using var lonely = NewProxy(new Uri($"http://127.0.0.1:{ServerProcess.FreePort()}"));

        using var answer = await lonely.SendAsync(The.Key, The.Caller, target: "/v1/messages");
        var body = await answer.Content.ReadAsStringAsync(Cancelled);

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Equal("downstream_unavailable", Assert.Single(answer.Headers.GetValues("x-sentinel-reason")));
        Assert.StartsWith("{\"type\":\"error\"", body);
    }

    [Fact]
    public async Task Without_Redis_PostgreSQL_decides()
    {
        var key = The.Key;
        _ = await _proxy.AskAsync(key, The.Caller);
        await _redis.SignalAsync("STOP");

        Assert.Equal(HttpStatusCode.OK, await _proxy.AskAsync(key, The.Caller));
        Assert.Equal(HttpStatusCode.Forbidden, await _proxy.AskAsync(key, The.Stranger));
        Assert.Equal(HttpStatusCode.OK, await _proxy.AskAsync(The.Key, The.Caller));
        await _redis.SignalAsync("CONT");
    }

    [Fact]
    public async Task Without_PostgreSQL_known_keys_are_decided_on_and_unknown_ones_are_not_let_in()
    {
        var key = The.Key;
        _ = await _proxy.AskAsync(key, The.Caller);
        await using var other = NewProxy(_downstream.Address);
        await _postgres.SignalAsync("STOP");

        Assert.Equal(HttpStatusCode.OK, await _proxy.AskAsync(key, The.Caller));
        Assert.Equal(HttpStatusCode.OK, await other.AskAsync(key, The.Caller));
        Assert.Equal(HttpStatusCode.Forbidden, await other.AskAsync(key, The.Stranger));
        using var unknown = await _proxy.SendAsync(The.Key, The.Caller);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, unknown.StatusCode);
        Assert.Equal("store_unavailable", Assert.Single(unknown.Headers.GetValues("x-sentinel-reason")));
        Assert.NotNull(unknown.Headers.RetryAfter);
        await _postgres.SignalAsync("CONT");
    }

    [Theory]
    [InlineData(true, false, HttpStatusCode.ServiceUnavailable)]
    [InlineData(false, true, HttpStatusCode.OK)]
    [InlineData(true, true, HttpStatusCode.ServiceUnavailable)]
    public async Task Mute_store_delays_nobody_once_it_was_noticed(
        bool isPostgresMute, bool isRedisMute, HttpStatusCode expected)
    {
        var pulses = _proxy.Services.GetRequiredService<StorePulses>();
        _ = await _proxy.AskAsync(The.Key, The.Caller);
        await (isPostgresMute ? _postgres.SignalAsync("STOP") : Task.CompletedTask);
        await (isRedisMute ? _redis.SignalAsync("STOP") : Task.CompletedTask);
        await Eventually.Holds(() => pulses.Postgres.IsLost == isPostgresMute && pulses.Redis.IsLost == isRedisMute);

        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(expected, await _proxy.AskAsync(The.Key, The.Caller));
        }

        // A third of what they would have to wait if each asked for itself just once.
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(60));
        await _redis.SignalAsync("CONT");
        await _postgres.SignalAsync("CONT");
        await Eventually.Holds(() => !pulses.Postgres.IsLost && !pulses.Redis.IsLost);
        Assert.Equal(HttpStatusCode.OK, await _proxy.AskAsync(The.Key, The.Caller));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Mute_store_is_noticed_within_a_second(bool isPostgres)
    {
        await using var proxy = NewProxy(_downstream.Address, Patience.OfTheProduct);
        var pulses = proxy.Services.GetRequiredService<StorePulses>();
        var pulse = isPostgres ? pulses.Postgres : pulses.Redis;
        Func<string, Task> signal = isPostgres ? _postgres.SignalAsync : _redis.SignalAsync;
        await Promptly.HappensWithinAsync(TimeSpan.FromSeconds(1), async () =>
        {
            await Eventually.Holds(async () => await proxy.AskAsync(The.Key, The.Caller) is HttpStatusCode.OK);
            var noticed = new TaskCompletionSource<TimeSpan>();
            var watch = Stopwatch.StartNew();
            pulse.Lost += (_, _) => noticed.TrySetResult(watch.Elapsed);
            await signal("STOP");
            var took = await noticed.Task;
            await signal("CONT");
            await Eventually.Holds(() => !pulse.IsLost);
            return took;
        });
    }

    [Fact]
    public async Task Requests_do_not_pile_up_behind_stores_that_fall_silent()
    {
        var key = The.Key;
        _ = await _proxy.AskAsync(key, The.Caller);
        await SilenceBothStoresAsync();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(n => n % 2 == 0
                ? _proxy.AskAsync(key, The.Caller)
                : _proxy.AskAsync(The.Key, The.Address($"198.51.100.{1 + (n % 200)}"))));

        // All are answered while the stores still keep silent, and nobody is left behind.
        Assert.Contains(HttpStatusCode.ServiceUnavailable, answers);
        Assert.All(answers, status => Assert.True(status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.OK));
        await Eventually.Holds(() => !_proxy.Services.GetRequiredService<OpenStreams>().All().Any());
    }

    [Fact]
    public async Task Without_both_stores_nobody_is_let_in()
    {
        var key = The.Key;
        _ = await _proxy.AskAsync(key, The.Caller);
        await SilenceBothStoresAsync();

        await Eventually.Holds(async () =>
            await _proxy.AskAsync(key, The.Caller) is HttpStatusCode.ServiceUnavailable);

        await _redis.SignalAsync("CONT");
        await _postgres.SignalAsync("CONT");
        await Eventually.Holds(async () => await _proxy.AskAsync(key, The.Caller) is HttpStatusCode.OK);
    }

    [Fact]
    public async Task Refusals_of_an_outage_are_recorded_when_it_is_over()
    {
        await _postgres.SignalAsync("STOP");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await _proxy.AskAsync(The.Key, The.Caller));

        await _postgres.SignalAsync("CONT");

        await Eventually.Holds(async () => await CountInterceptsAsync("store_unavailable") == 1);
    }

    [Fact]
    public async Task Frozen_gate_decides_by_what_it_last_knew_and_lets_no_unknown_key_in()
    {
        await using var frozen = NewProxy(_downstream.Address, ("SENTINEL_FAILSAFE_MODE", "frozen"));
        var key = The.Key;
        _ = await frozen.AskAsync(key, The.Caller);
        await SilenceBothStoresAsync();

        Assert.Equal(HttpStatusCode.OK, await frozen.AskAsync(key, The.Caller));
        Assert.Equal(HttpStatusCode.Forbidden, await frozen.AskAsync(key, The.Stranger));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await frozen.AskAsync(The.Key, The.Caller));
    }

    [Fact]
    public async Task Open_gate_lets_unknown_keys_through_records_them_and_binds_nothing()
    {
        await using var open = NewProxy(_downstream.Address, ("SENTINEL_FAILSAFE_MODE", "open"));
        var key = The.Key;
        _ = await open.AskAsync(key, The.Caller);
        await SilenceBothStoresAsync();

        Assert.Equal(HttpStatusCode.OK, await open.AskAsync(The.Key, The.Stranger));
        Assert.Equal(HttpStatusCode.Forbidden, await open.AskAsync(key, The.Stranger));

        await _redis.SignalAsync("CONT");
        await _postgres.SignalAsync("CONT");
        await Eventually.Holds(async () => await CountInterceptsAsync("store_unavailable", observed: true) == 1);
    }

    public async ValueTask DisposeAsync()
    {
        await _redis.SignalAsync("CONT");
        await _postgres.SignalAsync("CONT");
        await _proxy.DisposeAsync();
        await _downstream.DisposeAsync();
        await _redis.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    private ProxyApp NewProxy(Uri downstream, params (string Name, string Value)[] settings) => new(
        _postgres.ConnectionString("postgres"),
        _redis.ConnectionString,
        downstream,
        [.. Patience.Some, .. settings]);

    private async Task SilenceBothStoresAsync()
    {
        await _redis.SignalAsync("STOP");
        await _postgres.SignalAsync("STOP");
    }

    private async Task<long> CountInterceptsAsync(string reason, bool observed = false)
    {
        await using var stores = await StorageHost.StartAsync(
            _postgres.ConnectionString("postgres"), _redis.ConnectionString);
        return await stores.ScalarAsync<long>(
            "SELECT count(*) FROM intercept_logs WHERE reason = $1 AND observed = $2", reason, observed);
    }
}
