using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sentinel.Core.Decisions;
using Sentinel.Storage.Postgres;
using Sentinel.Storage.Redis;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Gate;

/// <summary>Who observes forwards what is unclear too. It is ended when its key is forbidden, and not before.</summary>
public sealed class GateDoubtStreamTests(GateObserveTests.ObservedWorld world)
    : IClassFixture<GateObserveTests.ObservedWorld>
{
    private const string SomeAddress = "203.0.113.7";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>An address and headers with the key, separated by |.</summary>
    public static TheoryData<string> Rows =>
    [
        "not an address|Authorization: Bearer <key>",
        $"{SomeAddress}|Authorization: Bearer <key>|x-api-key: <other>",
        $"{SomeAddress}|Authorization: Bearer <other>|x-goog-api-key: <key>",
        $"{SomeAddress}|x-api-key: <key>|Authorization: Basic dXNlcjpwdw==",
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Ban_ends_a_request_that_was_let_through_in_doubt(string row)
    {
        var (key, other) = (The.Key, The.Key);
        _ = await world.Observer.AskAsync(key, The.Caller);
        var stream = SendAsync(world.Observer, row, key, The.Key);
        var bystander = SendAsync(world.Observer, row, other, The.Key);
        await Eventually.Holds(async () =>
            await world.Gate.MentionsAsync(key) == 2 && await world.Gate.MentionsAsync(other) == 1);

        await TellAsync(key, BindingState.Active);
        await TellAsync(key, BindingState.Banned);

        _ = await Assert.ThrowsAsync<HttpRequestException>(() => stream);
        Assert.False(bystander.IsCompleted);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Switch_to_enforcing_ends_it(string row)
    {
        await using var proxy = world.Gate.NewProxy(("Sentinel:Decisions:Mode", "observe"));
        var key = The.Key;
        var stream = SendAsync(proxy, row, key, The.Key);
        await Eventually.Holds(async () => await world.Gate.MentionsAsync(key) == 1);

        var settings = (IConfigurationRoot)proxy.Services.GetRequiredService<IConfiguration>();
        settings["Sentinel:Decisions:Mode"] = "enforce";
        settings.Reload();

        _ = await Assert.ThrowsAsync<HttpRequestException>(() => stream);
    }

    [Fact]
    public async Task Request_in_doubt_takes_one_of_the_places_of_its_key()
    {
        await using var narrow = world.Gate.NewProxy(
            ("Sentinel:Decisions:Mode", "observe"), ("Sentinel:Decisions:MaxStreamsPerKey", "1"));
        var key = The.Key;
        var row = Rows.First().Data;
        _ = SendAsync(narrow, row, key, "");
        await Eventually.Holds(async () => await world.Gate.MentionsAsync(key) == 1);

        using var second = await SendAsync(narrow, row, key, "");

        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
    }

    /// <summary>A request that lasts.</summary>
    private static Task<HttpResponseMessage> SendAsync(ProxyApp proxy, string row, string key, string other)
    {
        var parts = row.Split('|');
        var request = new HttpRequestMessage(HttpMethod.Get, "/anything");
        request.Headers.Add("x-script", "slow-start-120s");
        request.Headers.Add("X-Real-IP", parts[0]);
        foreach (var header in parts[1..].Select(part => part.Split(": ")))
        {
            Assert.True(request.Headers.TryAddWithoutValidation(header[0], header[1]
                .Replace("<key>", key, StringComparison.Ordinal).Replace("<other>", other, StringComparison.Ordinal)));
        }

        return proxy.SendAsync(request);
    }

    /// <summary>Changes a key on every replica; to the state that it has: that changes only its version.</summary>
    private async Task TellAsync(string key, BindingState state)
    {
        var stores = world.Gate.Stores.Host;
        var binding = (await stores.Get<BindingStore>().FindAsync(world.Gate.Fingerprint(key), Cancelled))!;
        var changed = (await stores.Get<BindingChanges>().SetStateAsync(
            binding.Id, Enum.GetValues<BindingState>(), state, Cancelled))!;
        await stores.Get<BindingCache>().RemoveAsync(changed.Fingerprint, changed.Version, Cancelled);
        Assert.True(await stores.Get<Bell>().RingAsync(changed.Fingerprint, changed.Version, Cancelled));
    }
}
