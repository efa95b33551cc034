using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sentinel.Core.Trail;
using Sentinel.Storage.Postgres;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Gate;

/// <summary>The mode is a live setting of all replicas.</summary>
public sealed class GateModeSwitchTests(GateWorld world) : IClassFixture<GateWorld>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Switch_takes_effect_on_every_replica_and_ends_what_was_only_observed()
    {
        var (shared, owned) = (The.Key, The.Key);
        _ = await world.Proxy.AskAsync(owned, The.Caller);
        await SwitchAsync("observe");
        await Eventually.Holds(async () => await world.OtherProxy.AskAsync(owned, The.Stranger) is HttpStatusCode.OK);
        await Eventually.Holds(async () => await world.Proxy.AskAsync(owned, The.Stranger) is HttpStatusCode.OK);
        _ = await world.Proxy.AskAsync(shared, The.Caller);
        var seen = await world.CameThroughAsync(shared);
        var observed = world.OtherProxy.AskAsync(shared, The.Stranger, "slow-start-60s");
        var first = world.Proxy.AskAsync(The.Key, The.Caller, "slow-start-2s");
        await Eventually.Holds(async () => await world.CameThroughAsync(shared) > seen);

        await SwitchAsync("enforce");

        _ = await Assert.ThrowsAsync<HttpRequestException>(() => observed);
        Assert.Equal(HttpStatusCode.OK, await first);
        foreach (var caller in new[] { The.Caller, The.Stranger })
        {
            using var refused = await world.Proxy.SendAsync(shared, caller);
            Assert.Equal("approval_required", Assert.Single(refused.Headers.GetValues("x-sentinel-reason")));
        }
    }

    [Fact]
    public async Task Route_that_enforces_from_now_on_ends_what_it_only_observed()
    {
        await using var proxy = world.NewProxy(
            ("Sentinel:Routes:trial:Path", "/trial/{**rest}"), ("Sentinel:Routes:trial:Mode", "observe"));
        var key = The.Key;
        _ = await proxy.AskAsync(key, The.Caller);
        var observed = proxy.AskAsync(key, The.Stranger, "slow-start-60s", "/trial/models");
        await Eventually.Holds(async () => await world.CameThroughAsync(key) == 2);

        var settings = (IConfigurationRoot)proxy.Services.GetRequiredService<IConfiguration>();
        settings["Sentinel:Routes:trial:Mode"] = "enforce";
        settings.Reload();

        _ = await Assert.ThrowsAsync<HttpRequestException>(() => observed);
    }

    private async Task SwitchAsync(string mode)
    {
        var settings = world.Stores.Host.Get<SettingQueries>();
        var current = await settings.CurrentAsync(Cancelled);
        var values = new Dictionary<string, JsonElement> { ["mode"] = JsonSerializer.SerializeToElement(mode) };
        Assert.NotNull(await settings.ReplaceAsync(current.Version, values, Actor.Sentinel, Cancelled));
    }
}
