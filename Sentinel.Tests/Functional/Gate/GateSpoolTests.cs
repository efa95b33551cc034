using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Sentinel.Proxy.Trail;
using Sentinel.Storage.Pulses;
using Sentinel.Storage.Redis;
using Sentinel.Storage.Spool;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Gate;

/// <summary>Refusals outlive an outage of each store and of both, and none is recorded twice.</summary>
public sealed class GateSpoolTests : IAsyncLifetime
{
    private const int Refusals = 25;

    private readonly DirectoryInfo _states = ServerProcess.NewFolder();
    private readonly List<ProxyApp> _proxies = [];
    private readonly int _redisPort = ServerProcess.FreePort();
    private PostgresServer _postgres = null!;
    private RedisServer _redis = null!;
    private ExampleService _downstream = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _postgres = await PostgresServer.StartAsync();
        _redis = await RedisServer.StartAsync(_redisPort);
        _downstream = new ExampleService();
        await _downstream.InitializeAsync();
        _proxies.Add(NewProxy("one"));
        _proxies.Add(NewProxy("two"));
    }

    [Fact]
    public async Task Refusals_wait_in_Redis_for_PostgreSQL_and_are_replayed_once_by_several_replicas()
    {
        await SilenceAsync(_postgres.SignalAsync, pulses => pulses.Postgres);
        await RefuseAsync(_proxies[0]);
        await RefuseAsync(_proxies[1]);
        var spool = _proxies[0].Services.GetRequiredService<RedisSpool>();
        await Eventually.Holds(async () => await spool.CountAsync(Cancelled) > 0);

        await _postgres.SignalAsync("CONT");

        await Eventually.Holds(async () => await SumAsync() == 2 * Refusals);
        await Eventually.Holds(async () => await spool.CountAsync(Cancelled) == 0);
        await AssertSpoolsAreEmptyAsync();
        Assert.Equal(2 * Refusals, await SumAsync());
    }

    [Fact]
    public async Task Refusals_wait_on_disk_for_both_stores()
    {
        await SilenceAsync(_redis.SignalAsync, pulses => pulses.Redis);
        await SilenceAsync(_postgres.SignalAsync, pulses => pulses.Postgres);
        await RefuseAsync(_proxies[0]);
        await Eventually.Holds(() => !Spool(_proxies[0]).IsEmpty);

        await _redis.SignalAsync("CONT");
        await _postgres.SignalAsync("CONT");

        await Eventually.Holds(async () => await SumAsync() == Refusals);
        await AssertSpoolsAreEmptyAsync();
        Assert.Equal(Refusals, await SumAsync());
    }

    [Fact]
    public async Task Refusals_that_waited_in_Redis_outlive_its_restart()
    {
        await SilenceAsync(_postgres.SignalAsync, pulses => pulses.Postgres);
        await RefuseAsync(_proxies[0]);
        var spool = _proxies[0].Services.GetRequiredService<RedisSpool>();
        await Eventually.Holds(async () => await spool.CountAsync(Cancelled) > 0 && !Spool(_proxies[0]).IsEmpty);
        await _redis.DisposeAsync();
        _redis = await RedisServer.StartAsync(_redisPort);

        await _postgres.SignalAsync("CONT");

        await Eventually.Holds(async () => await SumAsync() == Refusals);
    }

    [Fact]
    public async Task Refusals_outlive_the_killed_process_that_kept_them_on_disk()
    {
        (string, string)[] settings =
        [
            ("SENTINEL_STATE_DIR", Path.Combine(_states.FullName, "killed")),
            ("Sentinel:Trail:InterceptInterval", "00:00:00.050"),
        ];
        var database = _postgres.ConnectionString("postgres");
        await using (var killed = await ProxyProcess.StartAsync(
            database, _redis.ConnectionString, _downstream.Address, settings))
        {
            await _redis.SignalAsync("STOP");
            await _postgres.SignalAsync("STOP");
            for (var i = 0; i < Refusals; i++)
            {
                using var answer = await killed.SendAsync(The.Key, The.Caller);
                Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            }

            await Eventually.Holds(async () => await SpooledAsync("killed") == Refusals);
            await killed.KillAsync();
        }

        await _redis.SignalAsync("CONT");
        await _postgres.SignalAsync("CONT");
        Assert.Equal(0, await SumAsync());
        await using var restarted = await ProxyProcess.StartAsync(
            database, _redis.ConnectionString, _downstream.Address, settings);

        await Eventually.Holds(async () => await SumAsync() == Refusals);
    }

    public async ValueTask DisposeAsync()
    {
        await _postgres.SignalAsync("CONT");
        foreach (var proxy in _proxies)
        {
            await proxy.DisposeAsync();
        }

        await _downstream.DisposeAsync();
        await _redis.DisposeAsync();
        await _postgres.DisposeAsync();
        _states.Delete(recursive: true);
    }

    private ProxyApp NewProxy(string name) => new(
        _postgres.ConnectionString("postgres"),
        _redis.ConnectionString,
        _downstream.Address,
        [.. Patience.Some, ("SENTINEL_STATE_DIR", Path.Combine(_states.FullName, name))]);

    private static DiskSpool Spool(ProxyApp proxy) => proxy.Services.GetRequiredService<DiskSpool>();

    private async Task SilenceAsync(Func<string, Task> signal, Func<StorePulses, Pulse> pulse)
    {
        await signal("STOP");
        await Eventually.Holds(() => _proxies.All(proxy =>
            pulse(proxy.Services.GetRequiredService<StorePulses>()).IsLost));
    }

    /// <summary>Unknown keys, which an outage refuses: rows of their own, and equal ones that share a row.</summary>
    private static async Task RefuseAsync(ProxyApp proxy)
    {
        var key = The.Key;
        for (var i = 0; i < Refusals; i++)
        {
            Assert.Equal(
                HttpStatusCode.ServiceUnavailable, await proxy.AskAsync(i % 2 == 0 ? key : The.Key, The.Caller));
        }
    }

    private Task AssertSpoolsAreEmptyAsync() =>
        Eventually.Holds(() => _proxies.All(proxy => Spool(proxy).IsEmpty));

    /// <summary>How many refusals a process keeps on disk, read beside it.</summary>
    private async Task<int> SpooledAsync(string name)
    {
        var seal = _proxies[0].Services.GetRequiredService<InterceptSeal>();
        var rows = new Dictionary<Guid, int>();
        foreach (var file in Directory.GetFiles(Path.Combine(_states.FullName, name, "spool")))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new BinaryReader(stream);
            while (stream.Length - stream.Position > sizeof(int)
                && seal.Open(reader.ReadBytes(reader.ReadInt32())) is { } batch)
            {
                batch.ToList().ForEach(row => rows[row.Id] = row.Count);
            }
        }

        return rows.Values.Sum();
    }

    private async Task<long> SumAsync()
    {
        await using var stores = await StorageHost.StartAsync(
            _postgres.ConnectionString("postgres"), _redis.ConnectionString);
        return await stores.ScalarAsync<long>("SELECT coalesce(sum(count), 0) FROM intercept_logs");
    }
}
