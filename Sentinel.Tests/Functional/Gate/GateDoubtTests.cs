using System.Net;
using Sentinel.Core.Decisions;
using Sentinel.Storage.Postgres;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Gate;

/// <summary>Requests of which nobody can say which key they mean, where they are only observed.</summary>
public sealed class GateDoubtTests(GateObserveTests.ObservedWorld world) : IClassFixture<GateObserveTests.ObservedWorld>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static TheoryData<string> Places => new()
    {
        "GET /a|x-litellm-api-key: <key>",
        "GET /a|Ocp-Apim-Subscription-Key: <upper>",
        "GET /a?api_key=<bare>",
        "GET /a?$key=<key>",
        "GET /a|Authorization: Bearer other|Authorization: Bearer <key>",
        "GET /a?key=other&key=<key>",
        "GET /a|Authorization: Basic dXNlcjpwdw==|mj-api-secret: <key>",
        "GET /a|Authorization: Bearer other|x-api-key: third|x-goog-api-key: <key>",
    };

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Banned_key_is_found_wherever_it_stands_and_any_other_goes_through(string place)
    {
        var (key, banned) = (The.Key, The.Key);
        await BanAsync(banned);
        var before = await world.Gate.MentionsAsync(banned);

        var passed = await TryAsync(place, key);
        var refused = await TryAsync(place, banned);

        Assert.Equal("200", passed);
        Assert.StartsWith("40", refused, StringComparison.Ordinal);
        Assert.Equal(1, await world.Gate.MentionsAsync(key));
        Assert.Equal(before, await world.Gate.MentionsAsync(banned));
    }

    [Fact]
    public async Task Heap_of_keys_is_no_client() => Assert.Equal(
        "400 credential_conflict",
        await TryAsync("GET /a?" + string.Join('&', Enumerable.Range(0, 17).Select(i => $"key=other{i}")), The.Key));

    private Task<string> TryAsync(string place, string key) => Bypass.Thief.TryAsync(
        world.Observer.Client.BaseAddress!,
        $"{Bypass.Thief.Dress(place, key)}|X-Real-IP: {The.Caller}|Connection: close",
        IPAddress.Loopback,
        Cancelled);

    private async Task BanAsync(string key)
    {
        Assert.Equal(HttpStatusCode.OK, await world.Gate.Proxy.AskAsync(key, The.Caller));
        var found = await world.Gate.Stores.Host.Get<BindingStore>().FindAsync(world.Gate.Fingerprint(key), Cancelled);
        _ = await world.Gate.Stores.Host.Get<BindingChanges>().SetStateAsync(
            found!.Id, [BindingState.Active], BindingState.Banned, Cancelled);
        await Eventually.Holds(async () => await world.Observer.AskAsync(key, The.Caller) is HttpStatusCode.Forbidden);
    }
}
