using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Sentinel.Core.Callers;
using Sentinel.Core.Contracts;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Gate;

/// <summary>What the admin API changes, both replicas do within a second.</summary>
public sealed class GateLiveTests(GateWorld world, ITestOutputHelper output) : IClassFixture<GateWorld>, IAsyncLifetime
{
    private const int Enough = 3;
    private const int Rounds = 9;
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(1);

    private Support.AdminApi _admin = null!;
    private HttpClient _operator = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _admin = Support.AdminApi.Start(world.Stores.Database, world.Stores.Redis);
        _operator = await _admin.SignInAsync();
    }

    [Fact]
    public async Task Ban_and_its_end_are_enforced_within_a_second()
    {
        var (key, id) = await BindAsync();

        await IsEnforcedAsync(
            "ban", () => PostAsync("bindings/ban", new BindingReference(id)), key, HttpStatusCode.Forbidden,
            "unban", () => PostAsync("bindings/unban", new BindingReference(id)), HttpStatusCode.OK);
    }

    [Fact]
    public async Task Networks_are_enforced_within_a_second()
    {
        var (key, id) = await BindAsync();

        await IsEnforcedAsync(
            "other network", () => NetworksAsync(id, "192.0.2.1"), key, HttpStatusCode.Forbidden,
            "back", () => NetworksAsync(id, $"{The.Caller}"), HttpStatusCode.OK);
    }

    [Fact]
    public async Task Mode_is_enforced_within_a_second()
    {
        var (key, _) = await BindAsync(The.Stranger.ToString());

        await IsEnforcedAsync(
            "observe", () => SetAsync(new { mode = "observe" }), key, HttpStatusCode.OK,
            "enforce", () => SetAsync(new { mode = "enforce" }), HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Trusted_proxies_are_enforced_within_a_second()
    {
        var (key, _) = await BindAsync();
        string[] others = ["10.0.0.0/8"];

        await IsEnforcedAsync(
            "trusted no more", () => SetAsync(new { trustedProxies = others }), key, HttpStatusCode.Forbidden,
            "trusted again", () => SetAsync(new { trustedProxies = (string[]?)null }), HttpStatusCode.OK);
    }

    [Fact]
    public async Task Caps_of_first_uses_follow_the_settings()
    {
        var caller = The.Address("192.0.2.200");
        string[] exempt = ["192.0.2.200/32"];

        await SetAsync(new { capPerNetwork = 1 });
        await Eventually.Holds(() => BothAnswerNewKeysAsync(caller, HttpStatusCode.TooManyRequests));
        await SetAsync(new { capExempt = exempt });
        await Eventually.Holds(() => BothAnswerNewKeysAsync(caller, HttpStatusCode.OK));
        await SetAsync(new { capPerNetwork = (int?)null, capExempt = (string[]?)null });
    }

    [Fact]
    public async Task What_becomes_of_archived_keys_follows_the_settings()
    {
        var (key, id) = await BindAsync();
        _ = await world.Stores.Host.ScalarAsync<long>("""
            WITH b AS (UPDATE bindings SET state = 'archived', version = nextval('binding_versions')
                        WHERE id = $1 RETURNING 1)
            SELECT count(*) FROM b
            """, id);
        await Eventually.Holds(async () => await ReasonAsync(key) is "approval_required");

        await SetAsync(new { archivedKeys = "rebind" });

        await Eventually.Holds(async () => await world.Proxy.AskAsync(key, The.Stranger) is HttpStatusCode.OK);
        await SetAsync(new { archivedKeys = (string?)null });
    }

    [Fact]
    public async Task Replicas_are_on_the_dashboard_as_long_as_they_run()
    {
        await using var third = world.NewProxy();
        _ = third.Client;

        await Eventually.Holds(async () => (await ReplicasAsync()).Count == 3);
        var replica = (await ReplicasAsync())[0];
        await third.DisposeAsync();

        await Eventually.Holds(async () => (await ReplicasAsync()).Count == 2);
        Assert.StartsWith($"{Environment.MachineName}/", replica.Name);
        Assert.Matches("^[0-9]+[.][0-9]+", replica.Version);
        Assert.InRange(replica.StartedAt, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow);
    }

    public async ValueTask DisposeAsync()
    {
        _operator.Dispose();
        await _admin.DisposeAsync();
    }

    /// <summary>Makes a change and takes it back, and measures how long both replicas need for each.</summary>
    private async Task IsEnforcedAsync(
        string change, Func<Task> make, string key, HttpStatusCode then,
        string way, Func<Task> takeBack, HttpStatusCode after)
    {
        List<TimeSpan> there = [], back = [];
        while (there.Count < Rounds && !(AreUsuallyPrompt(there) && AreUsuallyPrompt(back)))
        {
            await make();
            there.Add(await UntilBothAnswerAsync(key, then));
            await takeBack();
            back.Add(await UntilBothAnswerAsync(key, after));
        }

        output.WriteLine($"{change}: {Text(there)}; {way}: {Text(back)}");

        Assert.True(AreUsuallyPrompt(there), $"{change} took {Text(there)}");
        Assert.True(AreUsuallyPrompt(back), $"{way} took {Text(back)}");
    }

    private async Task<bool> BothAnswerNewKeysAsync(ClientAddress caller, HttpStatusCode status) =>
        await world.Proxy.AskAsync(The.Key, caller) == status
        && await world.OtherProxy.AskAsync(The.Key, caller) == status;

    private async Task<string?> ReasonAsync(string key)
    {
        using var answer = await world.Proxy.SendAsync(key, The.Stranger);
        return answer.Headers.TryGetValues("x-sentinel-reason", out var reasons) ? reasons.Single() : null;
    }

    private async Task<TimeSpan> UntilBothAnswerAsync(string key, HttpStatusCode status)
    {
        var watch = Stopwatch.StartNew();
        await Eventually.Holds(async () =>
            await world.Proxy.AskAsync(key, The.Caller) == status
            && await world.OtherProxy.AskAsync(key, The.Caller) == status);
        return watch.Elapsed;
    }

    /// <summary>A key bound to the caller's network, or to another.</summary>
    private async Task<(string Key, Guid Id)> BindAsync(string? network = null)
    {
        var key = The.Key;
        using var answer = await _operator.PostAsJsonAsync(
            "/admin/api/bindings",
            new NewBinding([network ?? $"{The.Caller}"], Fingerprint: $"{world.Fingerprint(key)}"),
            Cancel);
        var id = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<BindingItem>(Cancel))!.Id;
        _ = await UntilBothAnswerAsync(key, network is null ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
        return (key, id);
    }

    private async Task PostAsync(string path, object body)
    {
        using var answer = await _operator.PostAsJsonAsync($"/admin/api/{path}", body, Cancel);
        _ = answer.EnsureSuccessStatusCode();
    }

    private async Task NetworksAsync(Guid id, string network)
    {
        using var answer = await _operator.PutAsJsonAsync(
            "/admin/api/bindings/ip", new NetworksRequest(id, [network]), Cancel);
        _ = answer.EnsureSuccessStatusCode();
    }

    private async Task SetAsync(object settings)
    {
        using var answer = await _operator.PutAsJsonAsync("/admin/api/settings", settings, Cancel);
        _ = answer.EnsureSuccessStatusCode();
    }

    private async Task<IReadOnlyList<ReplicaItem>> ReplicasAsync() =>
        (await _operator.GetFromJsonAsync<Dashboard>("/admin/api/dashboard", Cancel))!.Health.Replicas;

    /// <summary>The machine may stop for a while in some rounds; that it does in most is not the machine.</summary>
    private static bool AreUsuallyPrompt(IEnumerable<TimeSpan> times) => times.Count(time => time < _limit) >= Enough;

    private static string Text(IEnumerable<TimeSpan> times) =>
        string.Join(", ", times.Select(time => $"{time.TotalMilliseconds:0} ms"));
}
