using System.Net;
using System.Net.Http.Json;
using System.Text;
using Sentinel.Core.Contracts;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;
using Sentinel.Storage.Postgres;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.AdminApi;

public sealed class AdminApiRegisterTests(AdminApiOfClass admin) : IClassFixture<AdminApiOfClass>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Key_is_bound_before_its_first_use_and_nowhere_kept()
    {
        await using var api = Support.AdminApi.Start(
            admin.Stores.Database, admin.Stores.Redis, ("SENTINEL_HMAC_SECRET", The.HmacSecret));
        using var client = await api.SignInAsync();
        var key = The.Key;

        using var answer = await client.PostAsJsonAsync(
            "/admin/api/bindings", new NewBinding(["192.0.2.0/24", "192.0.2.0/24"], key, Label: " new "), Cancel);
        var item = await answer.Content.ReadFromJsonAsync<BindingItem>(Cancel);
        var fingerprint = await admin.Stores.Host.ScalarAsync<byte[]>(
            "SELECT fingerprint FROM bindings WHERE id = $1", item!.Id);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal($"/admin/api/bindings/{item.Id}", answer.Headers.Location!.ToString());
        Assert.Equal((KeyHint.Of(key), "active", "new"), (item.Hint, item.State, item.Label));
        Assert.Equal(["192.0.2.0/24"], item.Networks);
        Assert.Null(item.FirstUsedFrom);
        using var fingerprinter = new Fingerprinter(Encoding.UTF8.GetBytes(The.HmacSecret));
        Assert.Equal(fingerprinter.Compute(key.AsSpan(3), foldsCase: true).ToByteArray(), fingerprint);
    }

    [Fact]
    public async Task Key_of_a_realm_is_bound_as_the_gate_finds_it_there()
    {
        await using var api = Support.AdminApi.Start(
            admin.Stores.Database, admin.Stores.Redis, ("SENTINEL_HMAC_SECRET", The.HmacSecret),
            ("Sentinel:Downstreams:relay:Realm", "Tenant"), ("Sentinel:Downstreams:relay:Profile", "new-api"));
        using var client = await api.SignInAsync();
        var key = The.Key;

        using var answer = await client.PostAsJsonAsync(
            "/admin/api/bindings", new NewBinding(["192.0.2.0/24"], key, Realm: "tenant"), Cancel);
        using var elsewhere = await client.PostAsJsonAsync(
            "/admin/api/bindings", new NewBinding(["192.0.2.0/24"], key, Realm: "nowhere"), Cancel);
        var item = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<BindingItem>(Cancel);
        var fingerprint = await admin.Stores.Host.ScalarAsync<byte[]>(
            "SELECT fingerprint FROM bindings WHERE id = $1", item!.Id);

        using var fingerprinter = new Fingerprinter(Encoding.UTF8.GetBytes(The.HmacSecret));
        Assert.Equal(
            fingerprinter.Compute(key.AsSpan(3), foldsCase: true, "tenant").ToByteArray(), fingerprint);
        await elsewhere.IsRefusedForAsync("realm");
    }

    [Fact]
    public async Task Fingerprint_is_bound_in_place_of_a_claim_and_not_of_a_binding()
    {
        var use = The.FirstUse(The.Fingerprint, The.Stranger);
        var store = admin.Stores.Host.Get<BindingStore>();
        _ = await store.ClaimAsync(use, TimeSpan.FromMinutes(1), Cancel);
        var request = new NewBinding([$"{The.Caller}"], Fingerprint: $"{use.Fingerprint}", Hint: "sk-…abcd");

        using var first = await admin.PostAsync("bindings", request);
        using var second = await admin.PostAsync("bindings", request);
        var promoted = await store.PromoteAsync(use, Cancel);

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        _ = await second.ProblemAsync(HttpStatusCode.Conflict);
        Assert.False(promoted.Held);
        Assert.Equal((BindingState.Active, "sk-…abcd"), (promoted.Current.State, promoted.Current.Hint));
        Assert.Equal([The.Network($"{The.Caller}/32")], promoted.Current.Networks);
    }

    [Fact]
    public async Task Key_is_bound_to_as_many_networks_as_the_setting_allows()
    {
        NewBinding Of(int count) => new(
            [.. Enumerable.Range(1, count).Select(n => $"192.0.2.{n}")], Fingerprint: $"{The.Fingerprint}");

        using var ten = await admin.PostAsync("bindings", Of(10));
        using var eleven = await admin.PostAsync("bindings", Of(11));

        Assert.Equal(HttpStatusCode.Created, ten.StatusCode);
        Assert.Contains("maxNetworks", (await eleven.ProblemAsync(HttpStatusCode.Conflict)).Detail);
    }

    [Theory]
    [InlineData("""{}""", "key", "networks")]
    [InlineData("""{"networks":["x"],"fingerprint":"00","hint":"a\u0007"}""", "fingerprint", "hint", "networks")]
    [InlineData("""{"networks":["192.0.2.1"],"key":"sk-x"}""", "key")]
    [InlineData(
        """{"networks":["192.0.2.1"],"fingerprint":"00","realm":"x"}""", "fingerprint", "realm")]
    [InlineData("""{"networks":[],"key":"x","fingerprint":"y","label":5}""", "label")]
    public async Task Registration_that_cannot_be_is_refused_by_field(string body, params string[] fields)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await admin.Operator.PostAsync("/admin/api/bindings", content, Cancel);

        await answer.IsRefusedForAsync(fields);
    }
}
