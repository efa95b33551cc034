using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sentinel.Core.Decisions;
using Sentinel.Proxy.Decisions;
using Sentinel.Storage.Postgres;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Gate;

/// <summary>A replica that is restarted during an outage of both stores knows what it knew before.</summary>
public sealed class GateSnapshotTests : IAsyncLifetime
{
    private readonly DirectoryInfo _state = ServerProcess.NewFolder();
    private PostgresServer _postgres = null!;
    private RedisServer _redis = null!;
    private ExampleService _downstream = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string SnapshotPath => Path.Combine(_state.FullName, "snapshot");

    public async ValueTask InitializeAsync()
    {
        _postgres = await PostgresServer.StartAsync();
        _redis = await RedisServer.StartAsync();
        _downstream = new ExampleService();
        await _downstream.InitializeAsync();
    }

    [Fact]
    public async Task Frozen_gate_that_was_restarted_in_an_outage_decides_by_its_snapshot()
    {
        var (key, banned) = await LearnAsync();

        await using var restarted = NewProxy();

        Assert.Equal(HttpStatusCode.OK, await restarted.AskAsync(key, The.Caller));
        Assert.Equal(HttpStatusCode.Forbidden, await restarted.AskAsync(key, The.Stranger));
        Assert.Equal(HttpStatusCode.Forbidden, await restarted.AskAsync(banned, The.Caller));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await restarted.AskAsync(The.Key, The.Caller));
    }

    [Theory]
    [InlineData("frozen")]
    [InlineData("open")]
    public async Task Snapshot_that_is_too_old_counts_as_closed(string failsafe)
    {
        var (key, banned) = await LearnAsync();

        await using var restarted = NewProxy(
            ("Sentinel:Decisions:SnapshotMaxAge", "00:00:00.001"), ("SENTINEL_FAILSAFE_MODE", failsafe));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await restarted.AskAsync(key, The.Caller));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await restarted.AskAsync(key, The.Stranger));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await restarted.AskAsync(banned, The.Caller));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await restarted.AskAsync(The.Key, The.Caller));
    }

    [Fact]
    public async Task Ban_of_a_time_in_which_no_snapshot_was_wanted_is_in_the_next_one()
    {
        await using var proxy = NewProxy();
        await using var stores = await StorageHost.StartAsync(
            _postgres.ConnectionString("postgres"), _redis.ConnectionString);
        var (key, keeper) = (The.Key, proxy.Services.GetRequiredService<SnapshotKeeper>());
        Assert.Equal(HttpStatusCode.OK, await proxy.AskAsync(key, The.Caller));
        using var file = new SnapshotFile(SnapshotPath, The.HmacSecret);
        await Eventually.Holds(() => file.Read()!.Bindings.Values.Single().State is BindingState.Active);

        Say(proxy, "closed");
        var id = await stores.ScalarAsync<Guid>("SELECT id FROM bindings");
        _ = await stores.Get<BindingChanges>()
            .SetStateAsync(id, [BindingState.Active], BindingState.Banned, Cancelled);
        await Eventually.Holds(async () => await proxy.AskAsync(key, The.Caller) is HttpStatusCode.Forbidden);
        await Eventually.Holds(() => keeper.Waiting == 0);
        Say(proxy, "frozen");

        await Eventually.Holds(() => file.Read()!.Bindings.Values.Single().State is BindingState.Banned);
    }

    [Fact]
    public async Task Damaged_snapshot_counts_as_none()
    {
        var (key, _) = await LearnAsync();
        var content = await File.ReadAllBytesAsync(SnapshotPath, Cancelled);
        await File.WriteAllBytesAsync(SnapshotPath, content[..^1], Cancelled);

        await using var restarted = NewProxy();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await restarted.AskAsync(key, The.Caller));
    }

    public async ValueTask DisposeAsync()
    {
        await _downstream.DisposeAsync();
        _state.Delete(recursive: true);
    }

    /// <summary>Lets a replica bind two keys, bans one of them, and takes the replica and both stores away.</summary>
    private async Task<(string Key, string Banned)> LearnAsync()
    {
        var (key, banned) = (The.Key, The.Key);
        await using (var proxy = NewProxy())
        await using (var stores = await StorageHost.StartAsync(
            _postgres.ConnectionString("postgres"), _redis.ConnectionString))
        {
            Assert.Equal(HttpStatusCode.OK, await proxy.AskAsync(key, The.Caller));
            await Eventually.Holds(() => File.Exists(SnapshotPath));
            Assert.Equal(HttpStatusCode.OK, await proxy.AskAsync(banned, The.Caller));
            var id = await stores.ScalarAsync<Guid>("SELECT id FROM bindings ORDER BY created_at DESC LIMIT 1");
            _ = await stores.Get<BindingChanges>()
                .SetStateAsync(id, [BindingState.Active], BindingState.Banned, Cancelled);
            using var file = new SnapshotFile(SnapshotPath, The.HmacSecret);
            await Eventually.Holds(() => file.Read()!.Bindings.Values.Select(it => it.State).Order()
                .SequenceEqual([BindingState.Active, BindingState.Banned]));
        }

        await _redis.DisposeAsync();
        await _postgres.DisposeAsync();
        return (key, banned);
    }

    private static void Say(ProxyApp proxy, string failsafe)
    {
        var settings = (IConfigurationRoot)proxy.Services.GetRequiredService<IConfiguration>();
        settings["Sentinel:Decisions:Failsafe"] = failsafe;
        settings.Reload();
    }

    private ProxyApp NewProxy(params (string Name, string Value)[] settings) => new(
        _postgres.ConnectionString("postgres"),
        _redis.ConnectionString,
        _downstream.Address,
        [
            .. Patience.Some, ("SENTINEL_STATE_DIR", _state.FullName), ("SENTINEL_FAILSAFE_MODE", "frozen"),
            .. settings,
        ]);
}
