using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Gate;

/// <summary>A replica that can still decide stays in rotation: all of them would leave at once.</summary>
public sealed class GateReadinessTests : IAsyncLifetime
{
    private PostgresServer _postgres = null!;
    private RedisServer _redis = null!;
    private ExampleService _downstream = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _postgres = await PostgresServer.StartAsync();
        _redis = await RedisServer.StartAsync();
        _downstream = new ExampleService();
        await _downstream.InitializeAsync();
    }

    [Fact]
    public async Task Store_that_blinks_is_named_and_takes_no_replica_out_of_rotation()
    {
        await using var proxy = NewProxy();
        await Eventually.Holds(async () => await ReadyAsync(proxy) is (HttpStatusCode.OK, "ok", _));

        foreach (var (name, blink) in Stores())
        {
            await blink("STOP");
            try
            {
                await Eventually.Holds(async () =>
                    await ReadyAsync(proxy) is (HttpStatusCode.OK, "degraded", var failing)
                    && failing.Contains(name, StringComparison.OrdinalIgnoreCase));
            }
            finally
            {
                await blink("CONT");
            }

            await Eventually.Holds(async () => await ReadyAsync(proxy) is (HttpStatusCode.OK, "ok", _));
        }
    }

    [Fact]
    public async Task Replica_that_has_never_reached_a_store_is_not_in_rotation_but_alive()
    {
        await _redis.SignalAsync("STOP");
        await using var proxy = NewProxy();
        try
        {
            var (status, word, _) = await ReadyAsync(proxy);
            using var alive = await proxy.Client.GetAsync("/health", Cancel);

            Assert.Equal((HttpStatusCode.ServiceUnavailable, "starting"), (status, word));
            Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
        }
        finally
        {
            await _redis.SignalAsync("CONT");
        }

        await Eventually.Holds(async () => await ReadyAsync(proxy) is (HttpStatusCode.OK, "ok", _));
    }

    public async ValueTask DisposeAsync()
    {
        await _downstream.DisposeAsync();
        await _redis.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    private IEnumerable<(string Name, Func<string, Task> Blink)> Stores() =>
        [("redis", _redis.SignalAsync), ("postgresql", _postgres.SignalAsync)];

    private ProxyApp NewProxy() =>
        new(_postgres.ConnectionString("postgres"), _redis.ConnectionString, _downstream.Address, Patience.Some);

    private static async Task<(HttpStatusCode Status, string Word, string Failing)> ReadyAsync(ProxyApp proxy)
    {
        using var answer = await proxy.Client.GetAsync("/health/ready", Cancel);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        var failing = body.TryGetProperty("failing", out var names) ? names.ToString() : "";
        return (answer.StatusCode, body.GetProperty("status").GetString()!, failing);
    }
}
