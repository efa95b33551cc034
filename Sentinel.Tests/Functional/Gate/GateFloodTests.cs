using System.Net;
using Sentinel.Core.Callers;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Gate;

/// <summary>What strangers can do with keys that nobody knows, and what their neighbours notice of it.</summary>
public sealed class GateFloodTests(GateFloodTests.CappedWorld world) : IClassFixture<GateFloodTests.CappedWorld>
{
    private static int _nextCaller;

    /// <summary>An address from which no other test floods.</summary>
    private readonly ClientAddress _caller = The.Address($"192.0.2.{Interlocked.Increment(ref _nextCaller)}");

    [Fact]
    public async Task Too_many_bindings_of_a_network_are_a_flood_over_all_replicas_and_known_keys_never_feel_it()
    {
        var known = The.Key;
        Assert.Equal(HttpStatusCode.OK, await world.One.AskAsync(known, _caller));
        Assert.Equal(HttpStatusCode.OK, await world.Other.AskAsync(The.Key, _caller));
        Assert.Equal(HttpStatusCode.OK, await world.One.AskAsync(The.Key, _caller));

        using var refused = await world.Other.SendAsync(The.Key, _caller);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("bind_flood", Assert.Single(refused.Headers.GetValues("x-sentinel-reason")));
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromMinutes(30), TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.OK, await world.One.AskAsync(known, _caller));
        Assert.Equal(HttpStatusCode.OK, await world.Other.AskAsync(known, _caller));
        Assert.Equal(HttpStatusCode.OK, await world.One.AskAsync(The.Key, The.Stranger));
    }

    [Fact]
    public async Task Key_that_another_replica_bound_a_moment_ago_does_not_feel_a_flood_either()
    {
        await using var forgetful = world.NewReplica(("Sentinel:Decisions:UnknownKeyLifetime", "00:00:10"));
        var key = The.Key;
        _ = await forgetful.AskAsync(key, _caller, "status-401");
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await world.One.AskAsync(The.Key, _caller));
        }

        Assert.Equal(HttpStatusCode.OK, await world.One.AskAsync(key, _caller));
        Assert.Equal(HttpStatusCode.TooManyRequests, await forgetful.AskAsync(The.Key, _caller));
        Assert.Equal(HttpStatusCode.OK, await forgetful.AskAsync(key, _caller));
    }

    [Fact]
    public async Task Many_first_requests_of_one_key_are_one_first_use()
    {
        var key = The.Key;

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(n =>
            (n % 2 == 0 ? world.One : world.Other).AskAsync(key, _caller, "slow-start-300ms")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer));
        Assert.Equal(HttpStatusCode.OK, await world.One.AskAsync(The.Key, _caller));
    }

    [Fact]
    public async Task Failures_do_not_use_bindings_up_but_make_first_uses_pass_one_at_a_time()
    {
        await using var patient = world.NewReplica(
            ("Sentinel:Decisions:Caps:QueueWait", "00:00:06"), ("Sentinel:Draining:Limit", "00:00:00"));
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await patient.AskAsync(The.Key, _caller, "status-401"));
        }

        var slow = The.Key;
        var first = patient.AskAsync(slow, _caller, "slow-start-60s");
        await Eventually.Holds(async () => await world.Gate.StateAsync(slow) == "claimed");
        var second = The.Key;

        Assert.Equal(HttpStatusCode.OK, await patient.AskAsync(second, _caller));
        Assert.Equal("active", await world.Gate.StateAsync(second));
        Assert.False(first.IsCompleted);
    }

    [Fact]
    public async Task First_use_whose_turn_does_not_come_is_told_to_come_again()
    {
        await using var impatient = world.NewReplica(("Sentinel:Decisions:Caps:QueueLength", "1"));
        for (var i = 0; i < 3; i++)
        {
            _ = await impatient.AskAsync(The.Key, _caller, "status-401");
        }

        var keys = Enumerable.Range(0, 5).Select(_ => The.Key).ToArray();
        var answers = await Task.WhenAll(
            keys.Select(key => impatient.AskAsync(key, _caller, "slow-start-2s,status-401")));

        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
        Assert.Contains(HttpStatusCode.Unauthorized, answers);
        Assert.All(answers, it => Assert.True(it is HttpStatusCode.TooManyRequests or HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task Exempt_networks_are_not_counted()
    {
        await using var exempting = world.NewReplica(("Sentinel:Decisions:Caps:Exempt", $"10.0.0.0/8, {_caller}"));

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await exempting.AskAsync(The.Key, _caller));
        }
    }

    [Fact]
    public async Task Without_Redis_each_replica_counts_by_itself()
    {
        await using var lonely = new ProxyApp(
            world.Gate.Stores.Database,
            $"127.0.0.1:{ServerProcess.FreePort()}",
            world.Gate.Downstream.Address,
            [Patience.WithoutRedis, .. CappedWorld.Caps]);

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await lonely.AskAsync(The.Key, _caller));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await lonely.AskAsync(The.Key, _caller));
    }

    [Fact]
    public async Task Who_observes_forwards_a_flood_and_binds_nothing_of_it()
    {
        await using var observer = world.NewReplica(("Sentinel:Decisions:Mode", "observe"));
        for (var i = 0; i < 3; i++)
        {
            _ = await observer.AskAsync(The.Key, _caller);
        }

        var key = The.Key;

        Assert.Equal(HttpStatusCode.OK, await observer.AskAsync(key, _caller));
        Assert.Null(await world.Gate.StateAsync(key));
        await Eventually.Holds(async () => await world.Gate.Stores.Host.ScalarAsync<bool>(
            "SELECT EXISTS (SELECT FROM intercept_logs WHERE fingerprint = $1 AND observed AND reason = 'bind_flood')",
            world.Gate.Fingerprint(key).ToByteArray()));
    }

    /// <summary>Two replicas with small caps.</summary>
    public sealed class CappedWorld(RealStores stores) : IAsyncLifetime
    {
        public static readonly (string Name, string Value)[] Caps = [("Sentinel:Decisions:Caps:PerNetwork", "3")];

        public GateWorld Gate { get; } = new(stores);

        public ProxyApp One { get; private set; } = null!;

        public ProxyApp Other { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await Gate.InitializeAsync();
            One = NewReplica();
            Other = NewReplica();
        }

        public ProxyApp NewReplica(params (string Name, string Value)[] settings) =>
            Gate.NewProxy([.. Caps, .. settings]);

        public async ValueTask DisposeAsync()
        {
            await One.DisposeAsync();
            await Other.DisposeAsync();
            await Gate.DisposeAsync();
        }
    }
}
