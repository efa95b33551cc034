using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Sentinel.Proxy.Trail;
using Sentinel.Storage.Pulses;
using Sentinel.Tests.Functional.Gate;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Bypass;

/// <summary>A thief who fills up everything that keeps refusals during an outage.</summary>
public sealed class OwnerSpoolTests : IAsyncLifetime
{
    private const int Room = 16 * 1024;

    private readonly DirectoryInfo _state = ServerProcess.NewFolder();
    private readonly ExampleService _downstream = new();
    private PostgresServer _postgres = null!;
    private RedisServer _redis = null!;
    private ProxyApp _proxy = null!;

    public async ValueTask InitializeAsync()
    {
        _postgres = await PostgresServer.StartAsync();
        _redis = await RedisServer.StartAsync();
        await _downstream.InitializeAsync();
        _proxy = new ProxyApp(
            _postgres.ConnectionString("postgres"),
            _redis.ConnectionString,
            _downstream.Address,
            [
                .. Patience.Some,
                ("SENTINEL_STATE_DIR", _state.FullName),
                ("Sentinel:Trail:SpoolBytes", $"{Room}"),
                ("Sentinel:Trail:RedisSpoolBatches", "1"),
                ("Sentinel:Trail:BatchSize", "10"),
                ("Sentinel:Trail:QueueLength", "20"),
            ]);
    }

    [Fact]
    public async Task Full_spool_counts_what_it_loses_keeps_the_rest_and_troubles_no_owner()
    {
        using var lost = new Measured(_proxy, "sentinel.trail.intercepts.lost");
        var key = The.Key;
        Assert.Equal(HttpStatusCode.OK, await _proxy.AskAsync(key, The.Caller));
        await _postgres.SignalAsync("STOP");
        await Eventually.Holds(() => _proxy.Services.GetRequiredService<StorePulses>().Postgres.IsLost);

        var refused = 0;
        while (lost.Sum < 50)
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await _proxy.AskAsync(The.Key, The.Stranger));
            Assert.Equal(HttpStatusCode.OK, await _proxy.AskAsync(key, The.Caller));
            refused++;
            Assert.InRange(refused, 0, 10_000);
        }

        Assert.InRange(_proxy.Services.GetRequiredService<DiskSpool>().Bytes, 1, Room);
        await _postgres.SignalAsync("CONT");
        await Eventually.Succeeds(async () => Assert.Equal(refused - lost.Sum, await RecordedAsync()));
        Assert.Equal(HttpStatusCode.OK, await _proxy.AskAsync(key, The.Caller));
        Assert.Equal(HttpStatusCode.OK, await _proxy.AskAsync(The.Key, The.Caller));
    }

    public async ValueTask DisposeAsync()
    {
        await _postgres.SignalAsync("CONT");
        await _proxy.DisposeAsync();
        await _redis.DisposeAsync();
        await _postgres.DisposeAsync();
        await _downstream.DisposeAsync();
        _state.Delete(recursive: true);
    }

    private async Task<long> RecordedAsync()
    {
        await using var stores = await StorageHost.StartAsync(
            _postgres.ConnectionString("postgres"), _redis.ConnectionString);
        return await stores.ScalarAsync<long>("SELECT coalesce(sum(count), 0) FROM intercept_logs");
    }
}
