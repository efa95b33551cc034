using System.Net;
using Sentinel.Core.Decisions;
using Sentinel.Proxy.Decisions;
using Sentinel.Storage.Postgres;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Gate;

/// <summary>A replica that restarts with a new secret while stores are away knows keys by their old names.</summary>
public sealed class GateRotationOutageTests : IAsyncLifetime
{
    private readonly DirectoryInfo _state = ServerProcess.NewFolder();
    private PostgresServer _postgres = null!;
    private RedisServer _redis = null!;
    private bool _isRedisAway;
    private ExampleService _downstream = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _postgres = await PostgresServer.StartAsync();
        _redis = await RedisServer.StartAsync();
        _downstream = new ExampleService();
        await _downstream.InitializeAsync();
    }

    [Theory]
    [InlineData("frozen", HttpStatusCode.ServiceUnavailable)]
    [InlineData("open", HttpStatusCode.OK)]
    public async Task Snapshot_under_the_old_secret_decides_when_both_stores_are_away(
        string failsafe, HttpStatusCode unknown)
    {
        var (key, banned) = await LearnAsync();
        await _redis.DisposeAsync();
        _isRedisAway = true;

        await using var restarted = NewProxy(failsafe, RotationWorld.Rotated);

        Assert.Equal(HttpStatusCode.OK, await restarted.AskAsync(key, The.Caller));
        Assert.Equal(HttpStatusCode.Forbidden, await restarted.AskAsync(key, The.Stranger));
        Assert.Equal(HttpStatusCode.Forbidden, await restarted.AskAsync(banned, The.Caller));
        Assert.Equal(unknown, await restarted.AskAsync(The.Key, The.Caller));
    }

    [Fact]
    public async Task Redis_decides_by_the_old_name_when_PostgreSQL_is_away()
    {
        var (key, _) = await LearnAsync();
        _state.Delete(recursive: true);
        _state.Create();

        await using var restarted = NewProxy("closed", RotationWorld.Rotated);

        await Eventually.Holds(async () => await restarted.AskAsync(key, The.Caller) is HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Forbidden, await restarted.AskAsync(key, The.Stranger));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await restarted.AskAsync(The.Key, The.Caller));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isRedisAway)
        {
            await _redis.DisposeAsync();
        }

        await _downstream.DisposeAsync();
        _state.Delete(recursive: true);
    }

    /// <summary>Binds two keys under the old secret, bans one, and takes replica and PostgreSQL away.</summary>
    private async Task<(string Key, string Banned)> LearnAsync()
    {
        string key, banned;
        await using (var proxy = NewProxy("frozen", RotationWorld.Before))
        await using (var stores = await StorageHost.StartAsync(
            _postgres.ConnectionString("postgres"), _redis.ConnectionString))
        {
            (key, banned) = (await RotationWorld.BoundAsync(proxy), await RotationWorld.BoundAsync(proxy));
            var id = await stores.ScalarAsync<Guid>("SELECT id FROM bindings ORDER BY created_at DESC LIMIT 1");
            _ = await stores.Get<BindingChanges>()
                .SetStateAsync(id, [BindingState.Active], BindingState.Banned, Cancelled);
            await Eventually.Holds(() => File.Exists(Path.Combine(_state.FullName, "snapshot")));
            using var file = new SnapshotFile(Path.Combine(_state.FullName, "snapshot"), The.HmacSecret);
            await Eventually.Holds(() => file.Read()!.Bindings.Values.Select(it => it.State).Order()
                .SequenceEqual([BindingState.Active, BindingState.Banned]));
        }

        await _postgres.DisposeAsync();
        return (key, banned);
    }

    private ProxyApp NewProxy(string failsafe, (string, string)[] secrets) => new(
        _postgres.ConnectionString("postgres"),
        _redis.ConnectionString,
        _downstream.Address,
        [
            .. Patience.Some, ("SENTINEL_STATE_DIR", _state.FullName), ("SENTINEL_FAILSAFE_MODE", failsafe), .. secrets,
        ]);
}
