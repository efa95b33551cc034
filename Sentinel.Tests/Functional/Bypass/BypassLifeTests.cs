using System.Net;
using Sentinel.Core.Callers;
using Sentinel.Core.Decisions;
using Sentinel.Storage.Postgres;
using Sentinel.Storage.Redis;
using Sentinel.Tests.Functional.Gate;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Bypass;

/// <summary>What operators and time do to a key is no way in for who holds it.</summary>
public sealed class BypassLifeTests(GateWorld world) : IClassFixture<GateWorld>
{
    private static readonly BindingState[] _any = Enum.GetValues<BindingState>();

    private static int _owners;

    private readonly ClientAddress _owner = The.Address($"203.0.113.{1 + (Interlocked.Increment(ref _owners) % 200)}");

    public static TheoryData<string, string> Rows => LifeRows.All;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private BindingChanges Changes => world.Stores.Host.Get<BindingChanges>();

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Stolen_key_is_not_freed_by_what_becomes_of_it(string turn, string refusal)
    {
        var key = The.Key;
        Assert.Equal(HttpStatusCode.OK, await world.Proxy.AskAsync(key, _owner));
        await TurnAsync(key, turn);
        await Eventually.Holds(async () =>
            await TryAsync(world.Proxy, "GET /a|x-api-key: <key>", key) == refusal
            && await TryAsync(world.OtherProxy, "GET /a|x-api-key: <key>", key) == refusal);

        foreach (var way in OutageRows.Presentations)
        {
            Assert.Equal((way, refusal), (way, await TryAsync(world.Proxy, way, key)));
            Assert.Equal((way, refusal), (way, await TryAsync(world.OtherProxy, way, key)));
        }

        Assert.Equal(1, await world.CameThroughAsync(key));
    }

    /// <summary>
    /// The owner and a thief use a key for the first time, both at once, each in a carrier of his own: one of them wins
    /// it, and the other gets nothing at all.
    /// </summary>
    [Theory]
    [InlineData("GET /a|Authorization: Bearer <key>",                           "GET /a|x-api-key: <upper>")]
    [InlineData("GET /a?key=<bare>",                                            "GET /a|Authorization: <key>")]
    [InlineData("GET /a|api-key: <key>|x-script: slow-start-300ms",             "GET /a|Authorization: Bearer <bare>")]
    [InlineData("GET /ws/echo|<ws>|Authorization: Bearer <key>",                "GET /a|x-goog-api-key: <key>-7")]
    [InlineData("GET /a|Authorization: Bearer <key>|x-script: slow-start-300ms,status-401", "GET /a?KEY=<upper>")]
    public async Task Race_for_a_key_over_two_replicas_has_one_winner(string one, string other)
    {
        foreach (var key in Enumerable.Range(0, 10).Select(_ => The.Key))
        {
            var both = await Task.WhenAll(
                TryAsync(world.Proxy, one, key, $"{_owner}"), TryAsync(world.OtherProxy, other, key));

            Assert.Single(both, answer => answer is "200" or "101");
            Assert.Single(both, answer => answer is "403 address_mismatch" or "401");
        }
    }

    private static Task<string> TryAsync(ProxyApp proxy, string way, string key, string? caller = null)
    {
        var request = Thief.Dress($"{way}|X-Real-IP: {caller ?? $"{The.Stranger}"}", key)
            .Replace("<owner>", "203.0.113.1", StringComparison.Ordinal);
        return Thief.TryAsync(proxy.Client.BaseAddress!, request, IPAddress.Loopback, Cancelled);
    }

    private async Task TurnAsync(string key, string turn)
    {
        var id = (await world.Stores.Host.Get<BindingStore>().FindAsync(world.Fingerprint(key), Cancelled))!.Id;
        foreach (var step in turn.Split(" and "))
        {
            var changed = step switch
            {
                "unbound for another" =>
                    await Changes.RebindAsync(id, [The.Network("192.0.2.77/32")], Cancelled),
                "unbound" => await Changes.UnbindAsync(id, release: true, Cancelled),
                "contested" => await Changes.ContestAsync(id, The.Network("192.0.2.78/32"), Cancelled),
                "archived" => await Changes.SetStateAsync(id, _any, BindingState.Archived, Cancelled),
                "banned" => await Changes.SetStateAsync(id, _any, BindingState.Banned, Cancelled),
                _ => await Changes.SetStateAsync(id, _any, BindingState.Active, Cancelled),
            };
            if (changed is not null)
            {
                var (cache, bell) = (world.Stores.Host.Get<BindingCache>(), world.Stores.Host.Get<Bell>());
                await cache.RemoveAsync(changed.Fingerprint, changed.Version, Cancelled);
                _ = await bell.RingAsync(changed.Fingerprint, changed.Version, Cancelled);
            }
        }
    }
}
