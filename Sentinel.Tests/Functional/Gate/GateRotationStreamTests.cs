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
        var key = await LearnAsync();
        var redis = whoKnows is "Redis" ? _redis : _forgetful;
        if (whoKnows is not "snapshot")
        {
            _state.Delete(recursive: true);
            _state.Create();
        }

        await _postgres.SignalAsync("KILL");
        await using var restarted = NewProxy(redis, failsafe, RotationWorld.Rotated);
        var stream = restarted.AskAsync(key, The.Caller, "slow-start-120s");
        var bystander = restarted.AskAsync(key, The.Caller, "slow-start-120s");
        await Eventually.Holds(async () => await CameThroughAsync(key) == 3);
        await _postgres.RestartAsync();

        await using var stores = await StorageHost.StartAsync(
            _postgres.ConnectionString("postgres"), redis.ConnectionString);
        var watch = await BanAsync(stores);

        _ = await Assert.ThrowsAsync<HttpRequestException>(() => stream);
        _ = await Assert.ThrowsAsync<HttpRequestException>(() => bystander);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), $"It took {watch.Elapsed}.");
    }

    public async ValueTask DisposeAsync()
    {
        await _downstream.DisposeAsync();
        await _forgetful.DisposeAsync();
        await _redis.DisposeAsync();
        await _postgres.DisposeAsync();
        _state.Delete(recursive: true);
    }

    /// <summary>Binds a key under the old secret, so that a snapshot and Redis know it.</summary>
    private async Task<string> LearnAsync()
    {
        await using var proxy = NewProxy(_redis, "frozen", RotationWorld.Before);
        var key = await RotationWorld.BoundAsync(proxy);
        var snapshot = Path.Combine(_state.FullName, "snapshot");
        await Eventually.Holds(() => File.Exists(snapshot));
        using var file = new Proxy.Decisions.SnapshotFile(snapshot, The.HmacSecret);
        await Eventually.Holds(() => file.Read()!.Bindings.Values.Any(it => it.State is BindingState.Active));
        return key;
    }

    private async Task<int> CameThroughAsync(string key) => (await _downstream.SeenAsync(key, Cancelled)).Count;

    /// <returns>For how long the key has been banned.</returns>
    private static async Task<Stopwatch> BanAsync(StorageHost stores)
    {
        var id = await stores.ScalarAsync<Guid>("SELECT id FROM bindings");
        var banned = await stores.Get<BindingChanges>()
            .SetStateAsync(id, [BindingState.Active], BindingState.Banned, Cancelled);
        Assert.Equal(1, await stores.ScalarAsync<short>("SELECT secret_id FROM bindings"));
        var watch = Stopwatch.StartNew();
        _ = await stores.Get<Bell>().RingAsync(banned!, Cancelled);
        return watch;
    }

    private ProxyApp NewProxy(RedisServer redis, string failsafe, (string, string)[] secrets) => new(
        _postgres.ConnectionString("postgres"),
        redis.ConnectionString,
        _downstream.Address,
        [
            .. Patience.Some, ("SENTINEL_STATE_DIR", _state.FullName), ("SENTINEL_FAILSAFE_MODE", failsafe), .. secrets,
        ]);
}
