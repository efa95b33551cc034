using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Sentinel.Core.Callers;
using Sentinel.Proxy.Decisions;
using Sentinel.Storage.Pulses;
using Sentinel.Tests.Functional.Gate;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Bypass;

/// <summary>No outage opens the gate to who holds a stolen key.</summary>
public sealed class BypassOutageTests : IAsyncLifetime
{
    private readonly DirectoryInfo _state = ServerProcess.NewFolder();
    private readonly ExampleService _downstream = new();
    private PostgresServer _postgres = null!;
    private RedisServer _redis = null!;

    public static TheoryData<string, string, string, string> Rows => OutageRows.All;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _postgres = await PostgresServer.StartAsync();
        _redis = await RedisServer.StartAsync();
        await _downstream.InitializeAsync();
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Stolen_key_does_not_reach_downstream_in_an_outage(
        string failsafe, string away, string remembered, string unseen)
    {
        await using var proxy = NewProxy(
            ("SENTINEL_FAILSAFE_MODE", failsafe), ("SENTINEL_STATE_DIR", _state.FullName));
        var (mine, others) = (The.Key, The.Key);
        await BindElsewhereAsync(others);
        Assert.Equal(HttpStatusCode.OK, await proxy.AskAsync(mine, The.Caller));
        await IsInSnapshotAsync(failsafe);
        await SilenceAsync(proxy, away);

        if (failsafe is "closed")
        {
            // What was heard of a moment ago still counts, which is no way in either.
            await Eventually.Holds(async () => await TryAsync(proxy, OutageRows.Presentations[0], mine) == remembered);
        }

        foreach (var way in OutageRows.Presentations)
        {
            Assert.Equal((way, remembered), (way, await TryAsync(proxy, way, mine)));
            Assert.Equal((way, unseen), (way, await TryAsync(proxy, way, others)));
        }

        _ = Assert.Single(await _downstream.SeenAsync(mine, Cancelled));
        _ = Assert.Single(await _downstream.SeenAsync(others, Cancelled));
        Assert.Equal(AtHome(remembered), await TryAsync(proxy, "GET /a|Authorization: Bearer <key>", mine, The.Caller));
        Assert.Equal(AtHome(unseen), await TryAsync(proxy, "GET /a|Authorization: Bearer <key>", others, The.Caller));
        Assert.Equal(
            away is "redis" || failsafe is "open" ? "200" : "503 store_unavailable",
            await TryAsync(proxy, OutageRows.Presentations[0], The.Key));
        await WakeAsync(away);
    }

    [Theory]
    [InlineData("frozen")]
    [InlineData("open")]
    public async Task Snapshot_decides_from_the_first_moment_of_an_outage(string failsafe)
    {
        await using var proxy = NewProxy(
            ("SENTINEL_FAILSAFE_MODE", failsafe), ("SENTINEL_STATE_DIR", _state.FullName));
        var (mine, others) = (The.Key, The.Key);
        await BindElsewhereAsync(others);
        Assert.Equal(HttpStatusCode.OK, await proxy.AskAsync(mine, The.Caller));
        await IsInSnapshotAsync(failsafe);
        var pulse = proxy.Services.GetRequiredService<StorePulses>().Postgres;

        await _redis.SignalAsync("KILL");
        await _postgres.SignalAsync("KILL");
        do
        {
            Assert.Equal("403 address_mismatch", await TryAsync(proxy, OutageRows.Presentations[0], others));
        }
        while (!pulse.IsLost);
        Assert.Equal("403 address_mismatch", await TryAsync(proxy, OutageRows.Presentations[0], others));
        _ = Assert.Single(await _downstream.SeenAsync(others, Cancelled));
    }

    public async ValueTask DisposeAsync()
    {
        await _redis.DisposeAsync();
        await _postgres.DisposeAsync();
        await _downstream.DisposeAsync();
        _state.Delete(recursive: true);
    }

    /// <summary>What the owner is answered where a stranger gets this.</summary>
    private static string AtHome(string refusal) => refusal is "403 address_mismatch" ? "200" : refusal;

    private static Task<string> TryAsync(ProxyApp proxy, string way, string key, ClientAddress? caller = null)
    {
        var request = Thief.Dress($"{way}|X-Real-IP: {caller ?? The.Stranger}", key)
            .Replace("<owner>", $"{The.Caller}", StringComparison.Ordinal);
        return Thief.TryAsync(proxy.Client.BaseAddress!, request, IPAddress.Loopback, Cancelled);
    }

    /// <summary>Another replica binds it, and Redis forgets it.</summary>
    private async Task BindElsewhereAsync(string key)
    {
        await using (var other = NewProxy())
        {
            Assert.Equal(HttpStatusCode.OK, await other.AskAsync(key, The.Caller));
        }

        await ServerProcess.RunAsync("redis-cli", "-p", _redis.ConnectionString.Split(':')[1], "flushall");
    }

    private Task IsInSnapshotAsync(string failsafe) => Eventually.Holds(() =>
    {
        if (failsafe is "closed")
        {
            return true;
        }

        using var file = new SnapshotFile(Path.Combine(_state.FullName, "snapshot"), The.HmacSecret);
        return file.Read()?.Bindings.Count == 2;
    });

    private async Task SilenceAsync(ProxyApp proxy, string away)
    {
        var (isRedis, isPostgres) = (away.Contains("redis"), away.Contains("postgres"));
        await (isRedis ? _redis.SignalAsync("STOP") : Task.CompletedTask);
        await (isPostgres ? _postgres.SignalAsync("STOP") : Task.CompletedTask);
        var pulses = proxy.Services.GetRequiredService<StorePulses>();
        await Eventually.Holds(() => pulses.Redis.IsLost == isRedis && pulses.Postgres.IsLost == isPostgres);
    }

    private async Task WakeAsync(string away)
    {
        await (away.Contains("redis") ? _redis.SignalAsync("CONT") : Task.CompletedTask);
        await (away.Contains("postgres") ? _postgres.SignalAsync("CONT") : Task.CompletedTask);
    }

    private ProxyApp NewProxy(params (string Name, string Value)[] settings) => new(
        _postgres.ConnectionString("postgres"), _redis.ConnectionString, _downstream.Address,
        [.. Patience.Some, .. settings]);
}
