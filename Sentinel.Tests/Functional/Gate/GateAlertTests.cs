using System.Net;
using Sentinel.Core.Contracts;
using Sentinel.Core.Trail;
using Sentinel.Storage.Postgres;
using Sentinel.Storage.Redis;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Gate;

public sealed class GateAlertTests(GateWorld world) : IClassFixture<GateWorld>
{
    private static readonly (string, string)[] _settings =
    [
        ("Sentinel:Alerts:Threshold", "6"), ("Sentinel:Alerts:CountInterval", "00:00:00.050"),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Refusals_of_a_key_by_two_replicas_raise_one_alert_and_then_there_is_silence()
    {
        await using var one = world.NewProxy(_settings);
        await using var other = world.NewProxy(_settings);
        var key = The.Key;
        Assert.Equal(HttpStatusCode.OK, await one.AskAsync(key, The.Caller));

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.Forbidden, await one.AskAsync(key, The.Stranger));
            Assert.Equal(HttpStatusCode.Forbidden, await other.AskAsync(key, The.Stranger));
        }

        await Eventually.Holds(async () => (await AlertsAsync(key)).Count == 1);
        var alert = Assert.Single(await AlertsAsync(key));
        Assert.Equal("address_mismatch", alert.Reason);
        Assert.Equal($"{The.Stranger}", alert.Caller);
        Assert.Equal($"{The.Caller}/32", Assert.Single(alert.Networks));
        Assert.Equal((6, 600), (alert.Count, alert.WindowSeconds));

        for (var i = 0; i < 10; i++)
        {
            _ = await other.AskAsync(key, The.Stranger);
        }

        await Eventually.Holds(async () => await CountAsync(key) >= 16);
        _ = Assert.Single(await AlertsAsync(key));
    }

    [Fact]
    public async Task Fewer_refusals_than_the_threshold_and_refusals_of_other_keys_raise_none()
    {
        await using var proxy = world.NewProxy(_settings);
        var (key, other) = (The.Key, The.Key);
        _ = await proxy.AskAsync(key, The.Caller);
        _ = await proxy.AskAsync(other, The.Caller);

        for (var i = 0; i < 5; i++)
        {
            _ = await proxy.AskAsync(key, The.Stranger);
            _ = await proxy.AskAsync(other, The.Stranger);
        }

        await Eventually.Holds(async () => await CountAsync(key) + await CountAsync(other) == 10);
        Assert.Empty(await AlertsAsync(key));
    }

    [Fact]
    public async Task Without_Redis_a_replica_goes_by_its_own_count()
    {
        var nowhere = $"127.0.0.1:{ServerProcess.FreePort()}";
        await using var proxy = world.NewProxy(
            [Patience.WithoutRedis, ("ConnectionStrings:redis", nowhere), .. _settings]);
        var key = The.Key;
        _ = await proxy.AskAsync(key, The.Caller);

        for (var i = 0; i < 6; i++)
        {
            _ = await proxy.AskAsync(key, The.Stranger);
        }

        await Eventually.Holds(async () => (await AlertsAsync(key)).Count == 1);
    }

    /// <summary>How often Redis says that the key was refused.</summary>
    private async Task<long> CountAsync(string key) =>
        (await world.Stores.Host.Get<InterceptCounters>().AddAsync(
            [(new AlertSubject(world.Fingerprint(key), await BindingOfAsync(key)), 0)],
            TimeSpan.FromMinutes(5), Cancel))![0];

    private async Task<Guid> BindingOfAsync(string key) =>
        (await world.Stores.Host.Get<BindingStore>().FindAsync(world.Fingerprint(key), Cancel))!.Id;

    private async Task<IReadOnlyList<AlertEvent>> AlertsAsync(string key)
    {
        var binding = await BindingOfAsync(key);
        var all = await world.Stores.Host.Get<Outbox>().ListAsync(null, null, 100, Cancel);
        return [.. all.Select(delivery => delivery.Event).Where(alert => alert.BindingId == binding)];
    }
}
