using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Sentinel.Core.Contracts;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;
using Sentinel.Storage.Postgres;
using Sentinel.Storage.Redis;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.AdminApi;

public sealed class AdminApiBindingChangeTests(AdminApiOfClass admin) : IClassFixture<AdminApiOfClass>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ban_and_unban_change_the_state_and_are_heard()
    {
        var binding = await admin.BindAsync();
        await admin.Stores.Host.Get<BindingCache>().SetAsync(binding, Cancel);
        var heard = await ListenAsync();

        await IsDoneAsync("bindings/ban", new BindingReference(binding.Id));
        var banned = await FindAsync(binding.Fingerprint);
        var cached = await admin.Stores.Host.Get<BindingCache>().GetAsync(binding.Fingerprint, Cancel);
        await IsDoneAsync("bindings/unban", new BindingReference(binding.Id));
        var unbanned = await FindAsync(binding.Fingerprint);

        Assert.Equal((BindingState.Banned, BindingState.Active), (banned!.State, unbanned!.State));
        Assert.Null(cached);
        await Eventually.Holds(() => heard.Contains((binding.Fingerprint, banned.Version)));
        await Eventually.Holds(() => heard.Contains((binding.Fingerprint, unbanned.Version)));
    }

    [Fact]
    public async Task Ban_of_a_banned_key_changes_nothing_and_unban_of_another_is_a_conflict()
    {
        var binding = await admin.BindAsync();

        using var conflict = await admin.PostAsync("bindings/unban", new BindingReference(binding.Id));
        await IsDoneAsync("bindings/ban", new BindingReference(binding.Id));
        await IsDoneAsync("bindings/ban", new BindingReference(binding.Id));

        _ = await conflict.ProblemAsync(HttpStatusCode.Conflict);
        Assert.Equal("banned", (await admin.BindingAsync(binding.Id)).Binding.State);
    }

    [Fact]
    public async Task Unbound_key_is_unknown_again()
    {
        var binding = await admin.BindAsync();
        var heard = await ListenAsync();

        await IsDoneAsync("bindings/unbind", new UnbindRequest(binding.Id));

        Assert.Null(await FindAsync(binding.Fingerprint));
        await Eventually.Holds(
            () => heard.Any(ring => ring.Key == binding.Fingerprint && ring.Version > binding.Version));
    }

    [Fact]
    public async Task Unbind_does_not_hand_a_key_to_those_who_were_refused_for_it()
    {
        var binding = await admin.BindAsync();
        _ = await admin.InterceptAsync(binding);

        using var answer = await admin.PostAsync("bindings/unbind", new UnbindRequest(binding.Id));

        var problem = await answer.ProblemAsync(HttpStatusCode.Conflict);
        Assert.Equal($"{The.Stranger}/32", Assert.Single(problem.RefusedNetworks!).Network);
        Assert.NotNull(await FindAsync(binding.Fingerprint));
    }

    [Fact]
    public async Task Unbind_does_not_hand_a_contested_key_to_whoever_comes_first()
    {
        var binding = await admin.BindAsync();
        var changes = admin.Stores.Host.Get<BindingChanges>();
        Assert.NotNull(await changes.ContestAsync(binding.Id, The.Stranger.ToNetwork(32, 64), Cancel));

        using var answer = await admin.PostAsync("bindings/unbind", new UnbindRequest(binding.Id));

        _ = await answer.ProblemAsync(HttpStatusCode.Conflict);
        await IsDoneAsync("bindings/unbind", new UnbindRequest(binding.Id, Next: $"{The.Caller}/32"));
        var decided = (await FindAsync(binding.Fingerprint))!;
        Assert.Equal((BindingState.Active, 1), (decided.State, decided.Networks.Length));
    }

    [Fact]
    public async Task Unbind_binds_to_the_next_network_that_is_named()
    {
        var binding = await admin.BindAsync();
        _ = await admin.InterceptAsync(binding);

        await IsDoneAsync("bindings/unbind", new UnbindRequest(binding.Id, Next: "192.0.2.0/28"));

        var rebound = (await FindAsync(binding.Fingerprint))!;
        Assert.Equal(BindingState.Active, rebound.State);
        Assert.Equal([The.Network("192.0.2.0/28")], rebound.Networks);
    }

    [Fact]
    public async Task Unbind_releases_a_key_if_told_so()
    {
        var binding = await admin.BindAsync();
        _ = await admin.InterceptAsync(binding);

        await IsDoneAsync("bindings/unbind", new UnbindRequest(binding.Id, Release: true));

        Assert.Null(await FindAsync(binding.Fingerprint));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(null, true)]
    [InlineData("192.0.2.1", false)]
    public async Task Ban_outlives_an_unbind(string? next, bool release)
    {
        var binding = await admin.BindAsync();
        await IsDoneAsync("bindings/ban", new BindingReference(binding.Id));

        using var answer = await admin.PostAsync("bindings/unbind", new UnbindRequest(binding.Id, next, release));

        _ = await answer.ProblemAsync(HttpStatusCode.Conflict);
        Assert.Equal("banned", (await admin.BindingAsync(binding.Id)).Binding.State);
    }

    [Theory]
    [InlineData("nowhere", false, "next")]
    [InlineData("192.0.2.1/24", false, "next")]
    [InlineData("192.0.2.1", true, "release")]
    public async Task Unbind_that_contradicts_itself_is_refused_by_field(string next, bool release, string field)
    {
        using var answer = await admin.PostAsync("bindings/unbind", new UnbindRequest(Guid.NewGuid(), next, release));

        await answer.IsRefusedForAsync(field);
    }

    [Fact]
    public async Task Networks_are_replaced_and_the_change_is_heard()
    {
        var binding = await admin.BindAsync();
        var heard = await ListenAsync();

        using var answer = await admin.PutAsync(
            "bindings/ip", new NetworksRequest(binding.Id, ["192.0.2.0/24", "2001:db8::/48", "192.0.2.0/24"]));

        var item = await answer.Content.ReadFromJsonAsync<BindingItem>(Cancel);
        var changed = (await FindAsync(binding.Fingerprint))!;
        Assert.Equal(["192.0.2.0/24", "2001:db8::/48"], item!.Networks);
        Assert.True(changed.Admits(The.Address("192.0.2.200")) && !changed.Admits(The.Caller));
        await Eventually.Holds(() => heard.Contains((binding.Fingerprint, changed.Version)));
    }

    [Fact]
    public async Task One_address_can_be_given_in_place_of_networks()
    {
        var binding = await admin.BindAsync();

        using var answer = await admin.PutAsync("bindings/ip", new NetworksRequest(binding.Id, Ip: "192.0.2.5"));

        Assert.Equal(["192.0.2.5/32"], (await answer.Content.ReadFromJsonAsync<BindingItem>(Cancel))!.Networks);
    }

    [Fact]
    public async Task Networks_of_a_claim_cannot_be_changed()
    {
        var use = The.FirstUse(The.Fingerprint, The.Caller);
        var claim = await admin.Stores.Host.Get<BindingStore>().ClaimAsync(use, TimeSpan.FromMinutes(1), Cancel);

        using var answer = await admin.PutAsync("bindings/ip", new NetworksRequest(claim.Current.Id, Ip: "192.0.2.5"));

        _ = await answer.ProblemAsync(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Label_is_set_and_taken_off()
    {
        var binding = await admin.BindAsync();

        using var set = await admin.PutAsync("bindings/label", new LabelRequest(binding.Id, " Büro "));
        using var off = await admin.PutAsync("bindings/label", new LabelRequest(binding.Id, null));

        Assert.Equal("Büro", (await set.Content.ReadFromJsonAsync<BindingItem>(Cancel))!.Label);
        Assert.Null((await off.Content.ReadFromJsonAsync<BindingItem>(Cancel))!.Label);
    }

    [Theory]
    [InlineData("bindings/ip", """{"id":"7a0e2b5c-0000-4000-8000-000000000000"}""", "networks")]
    [InlineData("bindings/ip", """{"id":"7a0e2b5c-0000-4000-8000-000000000000","networks":[]}""", "networks")]
    [InlineData("bindings/ip", """{"id":"7a0e2b5c-0000-4000-8000-000000000000","networks":["x"]}""", "networks")]
    [InlineData("bindings/ip", """{"id":"7a0e2b5c-0000-4000-8000-000000000000","networks":[null]}""", "networks")]
    [InlineData("bindings/ip", """{"id":"7a0e2b5c-0000-4000-8000-000000000000","ip":"192.0.2.300"}""", "ip")]
    [InlineData("bindings/ip", """{"id":"x","ip":"192.0.2.3"}""", "id")]
    [InlineData("bindings/label", """{"id":"7a0e2b5c-0000-4000-8000-000000000000","label":"a\u0007b"}""", "label")]
    public async Task Change_that_cannot_be_read_is_refused_by_field(string path, string body, string field)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await admin.Operator.PutAsync($"/admin/api/{path}", content, Cancel);

        await answer.IsRefusedForAsync(field);
    }

    [Fact]
    public async Task Change_of_an_unknown_binding_is_not_found()
    {
        var id = Guid.NewGuid();
        HttpResponseMessage[] answers =
        [
            await admin.PostAsync("bindings/ban", new BindingReference(id)),
            await admin.PostAsync("bindings/unban", new BindingReference(id)),
            await admin.PostAsync("bindings/unbind", new UnbindRequest(id)),
            await admin.PostAsync("bindings/unbind", new UnbindRequest(id, Next: "192.0.2.1")),
            await admin.PutAsync("bindings/ip", new NetworksRequest(id, Ip: "192.0.2.1")),
            await admin.PutAsync("bindings/label", new LabelRequest(id, "x")),
        ];

        foreach (var answer in answers)
        {
            _ = await answer.ProblemAsync(HttpStatusCode.NotFound);
            answer.Dispose();
        }
    }

    private async Task IsDoneAsync(string path, object body)
    {
        using var answer = await admin.PostAsync(path, body);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    private Task<Binding?> FindAsync(KeyFingerprint key) =>
        admin.Stores.Host.Get<BindingStore>().FindAsync(key, Cancel);

    private async Task<ConcurrentBag<(KeyFingerprint Key, long Version)>> ListenAsync()
    {
        var heard = new ConcurrentBag<(KeyFingerprint, long)>();
        var bell = admin.Stores.Host.Get<Bell>();
        Assert.True(await bell.ListenAsync((key, version) => heard.Add((key, version)), Cancel));
        return heard;
    }
}
