using System.Net;
using Sentinel.Core.Trail;
using Sentinel.Storage.Postgres;
using Sentinel.Storage.Redis;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Gate;

/// <summary>That a secret is rotated is no news about a key: what was counted and said of it still counts.</summary>
public sealed class GateRotationAlertTests(RealStores stores) : IAsyncLifetime
{
    private const int Threshold = 6;

    private static readonly (string, string)[] _settings =
    [
        ("Sentinel:Alerts:Threshold", $"{Threshold}"), ("Sentinel:Alerts:CountInterval", "00:00:00.050"),
    ];

    private readonly RotationWorld _world = new(stores);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _world.InitializeAsync();

    [Fact]
    public async Task Key_stays_silent_when_it_moves()
    {
        await using var before = _world.NewProxy(RotationWorld.Before, _settings);
        var key = await RotationWorld.BoundAsync(before);
        await RefuseAsync(before, key, Threshold);
        await Eventually.Holds(async () => await AlertsAsync() == 1);
        await using var after = _world.NewProxy(RotationWorld.Rotated, _settings);

        await RefuseAsync(after, key, 2 * Threshold);

        await Eventually.Holds(async () => await CountAsync(key) >= 3 * Threshold);
        Assert.Equal(2, await _world.SecretOfAsync(key));
        Assert.Equal(1, await AlertsAsync());
        Assert.Equal(1, await _world.Stores.Host.ScalarAsync<long>("SELECT count(*) FROM alert_silences"));
    }

    [Fact]
    public async Task Refusals_before_and_after_the_move_are_counted_together()
    {
        await using var before = _world.NewProxy(RotationWorld.Before, _settings);
        var key = await RotationWorld.BoundAsync(before);
        await RefuseAsync(before, key, Threshold - 1);
        await Eventually.Holds(async () => await CountAsync(key) == Threshold - 1);
        Assert.Equal(0, await AlertsAsync());
        await using var after = _world.NewProxy(RotationWorld.Rotated, _settings);

        await RefuseAsync(after, key, 1);

        await Eventually.Holds(async () => await AlertsAsync() == 1);
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    private static async Task RefuseAsync(ProxyApp proxy, string key, int times)
    {
        for (var i = 0; i < times; i++)
        {
            Assert.Equal(HttpStatusCode.Forbidden, await proxy.AskAsync(key, The.Stranger));
        }
    }

    private async Task<int> AlertsAsync() =>
        (await _world.Stores.Host.Get<Outbox>().ListAsync(null, null, 100, Cancel)).Count;

    private async Task<long> CountAsync(string key)
    {
        var subject = new AlertSubject(default, (await _world.FindAsync(key))!.Id);
        return (await _world.Stores.Host.Get<InterceptCounters>().AddAsync(
            [(subject, 0)], TimeSpan.FromMinutes(5), Cancel))![0];
    }
}
