using System.Diagnostics;
using Sentinel.Core.Decisions;
using Sentinel.Storage.Postgres;
using Sentinel.Storage.Redis;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Gate;

/// <summary>
/// A replica that restarted with a new secret while PostgreSQL was away lists its streams under names that no row bears
/// yet. A ban is told by the name that the row bears.
/// </summary>
public sealed class GateRotationStreamTests : IAsyncLifetime
{
    private readonly DirectoryInfo _state = ServerProcess.NewFolder();
    private readonly ExampleService _downstream = new();
    private PostgresServer _postgres = null!;
    private RedisServer _redis = null!;
    private RedisServer _forgetful = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _postgres = await PostgresServer.StartAsync();
        _redis = await RedisServer.StartAsync();
        _forgetful = await RedisServer.StartAsync();
        await _downstream.InitializeAsync();
    }

    [Theory]
    [InlineData("closed", "Redis")]
    [InlineData("frozen", "snapshot")]
    [InlineData("open", "nobody")]
    public async Task Stream_that_began_in_an_outage_is_ended_by_a_ban_under_the_name_before(
        string failsafe, string whoKnows)
    {
        var keys = await LearnAsync();
        var redis = whoKnows is "Redis" ? _redis : _forgetful;
        if (whoKnows is not "snapshot")
        {
            _state.Delete(recursive: true);
            _state.Create();
        }

        await _postgres.SignalAsync("KILL");
        await using var restarted = NewProxy(redis, failsafe, RotationWorld.Rotated);
        var streams = new Queue<(string Key, Task Stream, Task Bystander)>(keys.Select(key => (
            key,
            (Task)restarted.AskAsync(key, The.Caller, "slow-start-120s"),
            (Task)restarted.AskAsync(key, The.Caller, "slow-start-120s"))));
        foreach (var key in keys)
        {
            await Eventually.Holds(async () => await CameThroughAsync(key) == 3);
        }

        await _postgres.RestartAsync();

        await using var stores = await StorageHost.StartAsync(
            _postgres.ConnectionString("postgres"), redis.ConnectionString);
        await Promptly.HappensWithinAsync(TimeSpan.FromSeconds(1), async () =>
        {
            var (key, stream, bystander) = streams.Dequeue();
            var watch = await BanAsync(stores, key);
            _ = await Assert.ThrowsAsync<HttpRequestException>(() => stream);
            _ = await Assert.ThrowsAsync<HttpRequestException>(() => bystander);
            return watch.Elapsed;
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _downstream.DisposeAsync();
        await _forgetful.DisposeAsync();
        await _redis.DisposeAsync();
        await _postgres.DisposeAsync();
        _state.Delete(recursive: true);
    }

    /// <summary>Binds keys under the old secret, so that a snapshot and Redis know them.</summary>
    private async Task<List<string>> LearnAsync()
    {
        await using var proxy = NewProxy(_redis, "frozen", RotationWorld.Before);
        List<string> keys = [];
        while (keys.Count < Promptly.Most)
        {
            keys.Add(await RotationWorld.BoundAsync(proxy));
        }

        var snapshot = Path.Combine(_state.FullName, "snapshot");
        await Eventually.Holds(() => File.Exists(snapshot));
        using var file = new Proxy.Decisions.SnapshotFile(snapshot, The.HmacSecret);
        await Eventually.Holds(() =>
            file.Read()!.Bindings.Values.Count(it => it.State is BindingState.Active) == keys.Count);
        return keys;
    }

    private async Task<int> CameThroughAsync(string key) => (await _downstream.SeenAsync(key, Cancelled)).Count;

    /// <summary>The replica gives the row its new name soon after the outage, perhaps before the ban.</summary>
    /// <returns>For how long the key has been banned.</returns>
    private static async Task<Stopwatch> BanAsync(StorageHost stores, string key)
    {
        var id = await stores.ScalarAsync<Guid>(
            "SELECT id FROM bindings WHERE $1 IN (fingerprint, former_fingerprint)",
            RotationWorld.NameOf(key, isRotated: false).ToByteArray());
        var banned = await stores.Get<BindingChanges>()
            .SetStateAsync(id, [BindingState.Active], BindingState.Banned, Cancelled);
        var watch = Stopwatch.StartNew();
        _ = await stores.Get<Bell>().RingAsync(banned!, Cancelled);
        return watch;
    }

    private ProxyApp NewProxy(RedisServer redis, string failsafe, (string, string)[] secrets) => new(
        _postgres.ConnectionString("postgres"),
        redis.ConnectionString,
        _downstream.Address,
        [
            .. Patience.Some, ("SENTINEL_STATE_DIR", _state.FullName), ("SENTINEL_FAILSAFE_MODE", failsafe),
            ("Sentinel:Draining:Limit", "00:00:00"), .. secrets,
        ]);
}
