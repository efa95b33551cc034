using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sentinel.Core.Decisions;
using Sentinel.Core.Trail;
using Sentinel.Proxy.Decisions;
using Sentinel.Storage.Postgres;
using Sentinel.Storage.Redis;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Gate;

/// <summary>The admin API died between its change and its ring: nobody was told, no cache was cleared.</summary>
public sealed class GateFeedTests(GateWorld world) : IClassFixture<GateWorld>
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(1);
    private static readonly BindingState[] _active = [BindingState.Active];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ban_that_nobody_rang_for_reaches_all_replicas_within_a_second()
    {
        await Promptly.HappensWithinAsync(_limit, async () =>
        {
            var key = await BoundEverywhereAsync();
            var watch = Stopwatch.StartNew();
            await BanAsync(key);
            foreach (var replica in new[] { world.Proxy, world.OtherProxy })
            {
                await Eventually.Holds(async () => await replica.AskAsync(key, The.Caller) is HttpStatusCode.Forbidden);
            }

            return watch.Elapsed;
        });
    }

    [Fact]
    public async Task Redis_does_not_keep_what_nobody_rang_for()
    {
        await Promptly.HappensWithinAsync(_limit, async () =>
        {
            var key = await BoundEverywhereAsync();
            var cache = world.Proxy.Services.GetRequiredService<BindingCache>();
            Assert.NotNull(await cache.GetAsync(world.Fingerprint(key), Cancelled));
            var watch = Stopwatch.StartNew();
            await BanAsync(key);
            await Eventually.Holds(async () =>
                await cache.GetAsync(world.Fingerprint(key), Cancelled) is not { State: BindingState.Active });
            return watch.Elapsed;
        });
    }

    [Fact]
    public async Task Stream_of_a_key_that_was_banned_without_a_ring_is_ended()
    {
        await Promptly.HappensWithinAsync(_limit, async () =>
        {
            var key = await BoundEverywhereAsync();
            using var request = ProxyApp.Request(HttpMethod.Get, "/anything", key, The.Caller);
            request.Headers.Add("x-script", "slow-start-60s");
            var stream = world.OtherProxy.SendAsync(request);
            await Eventually.Holds(async () => await world.CameThroughAsync(key) == 3);
            var watch = Stopwatch.StartNew();
            await BanAsync(key);
            _ = await Assert.ThrowsAsync<HttpRequestException>(() => stream);
            return watch.Elapsed;
        });
    }

    [Fact]
    public async Task Setting_reaches_all_replicas_within_a_second()
    {
        var settings = world.Stores.Host.Get<SettingQueries>();
        var bit = 16;
        await Promptly.HappensWithinAsync(_limit, async () =>
        {
            var current = await settings.CurrentAsync(Cancelled);
            var values = new Dictionary<string, JsonElement>
            {
                ["ipv4Prefix"] = JsonSerializer.SerializeToElement(++bit),
            };
            var watch = Stopwatch.StartNew();
            _ = await settings.ReplaceAsync(current.Version, values, Actor.Sentinel, Cancelled);
            foreach (var replica in new[] { world.Proxy, world.OtherProxy })
            {
                var options = replica.Services.GetRequiredService<IOptionsMonitor<DecisionOptions>>();
                await Eventually.Holds(() => options.CurrentValue.IPv4Prefix == bit);
            }

            return watch.Elapsed;
        });
    }

    private async Task<string> BoundEverywhereAsync()
    {
        var key = The.Key;
        Assert.Equal(HttpStatusCode.OK, await world.Proxy.AskAsync(key, The.Caller));
        Assert.Equal(HttpStatusCode.OK, await world.OtherProxy.AskAsync(key, The.Caller));
        return key;
    }

    private async Task BanAsync(string key)
    {
        var binding = await world.Stores.Host.Get<BindingStore>().FindAsync(world.Fingerprint(key), Cancelled);
        _ = await world.Stores.Host.Get<BindingChanges>()
            .SetStateAsync(binding!.Id, _active, BindingState.Banned, Cancelled);
    }
}
