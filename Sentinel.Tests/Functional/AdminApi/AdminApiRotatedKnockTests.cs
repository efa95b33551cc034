using System.Net;
using System.Net.Http.Json;
using Sentinel.Core.Contracts;
using Sentinel.Core.Credentials;
using Sentinel.Storage.Postgres;
using Sentinel.Tests.Functional.Gate;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.AdminApi;

/// <summary>Whoever was refused for a key is known after the key was named anew, however often.</summary>
public sealed class AdminApiRotatedKnockTests(RealStores stores) : IAsyncLifetime
{
    private const string ThirdSecret = "the secret after the next of the tests, long enough";

    private static readonly string _elsewhere = $"{The.Stranger}/32";

    private readonly RotationWorld _world = new(stores);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _world.InitializeAsync();

    [Fact]
    public async Task Refusal_before_two_rotations_is_asked_about_after_each_and_hands_the_key_to_nobody()
    {
        await using var api = Support.AdminApi.Start(_world.Stores.Database, _world.Stores.Redis);
        using var client = await api.SignInAsync();
        await using var before = _world.NewProxy(RotationWorld.Before);
        var key = await RotationWorld.BoundAsync(before);
        Assert.Equal("address_mismatch", await RotationWorld.ReasonAsync(before, key, The.Stranger));
        var id = (await _world.FindAsync(key))!.Id;
        await Eventually.Succeeds(() => IsAskedAboutAsync(client, id));

        await using var after = _world.NewProxy(RotationWorld.Rotated);
        Assert.Equal(HttpStatusCode.OK, await after.AskAsync(key, The.Caller));
        Assert.Equal(2, await _world.SecretOfAsync(key));
        _ = await IsAskedAboutAsync(client, id);
        await MoveAgainAsync(key);
        var asked = await IsAskedAboutAsync(client, id);
        using var approved = await client.PostAsJsonAsync(
            "/admin/api/bindings/approve", new ApprovalRequest(asked.RequestId), Cancel);

        var binding = await approved.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<BindingItem>(Cancel);
        Assert.Equal([$"{The.Caller}/32", _elsewhere], binding!.Networks);
    }

    [Fact]
    public async Task Refusals_under_both_names_are_one_question()
    {
        await using var admin = new AdminApiOfClass(stores);
        await admin.InitializeAsync();
        KeyName[] names = [new(1, The.Fingerprint), new(2, The.Fingerprint)];
        await TakeAsync(admin.Stores, new HmacSecret(1, The.HmacSecret));
        var binding = await admin.BindAsync(key: names[0].Fingerprint);
        _ = await admin.InterceptAsync(binding, it => it with { Count = 3 });
        var last = await admin.InterceptAsync(
            binding, it => it with { Fingerprint = names[1].Fingerprint, Count = 4 });
        await TakeAsync(
            admin.Stores, new HmacSecret(2, RotationWorld.NewSecret), new HmacSecret(1, The.HmacSecret));

        Assert.NotNull(await admin.Stores.Host.Get<BindingStore>().MoveAsync([.. names], Cancel));
        _ = await admin.InterceptAsync(binding); // of a replica that has the secret before still

        var item = Assert.Single((await admin.GetAsync<ApprovalList>("approvals")).Items);
        Assert.Equal((8, binding.Id), (item.Count, item.BindingId));
        Assert.NotEqual(last.RequestId, item.RequestId);
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    /// <summary>In the list of those who wait, and in the way of an unbind.</summary>
    private static async Task<ApprovalItem> IsAskedAboutAsync(HttpClient client, Guid id)
    {
        var list = await client.GetFromJsonAsync<ApprovalList>("/admin/api/approvals", Cancel);
        var item = Assert.Single(list!.Items);
        Assert.Equal((id, _elsewhere, 1), (item.BindingId, item.Network, item.Count));
        using var unbind = await client.PostAsJsonAsync(
            "/admin/api/bindings/unbind", new UnbindRequest(id), Cancel);
        var problem = await unbind.ProblemAsync(HttpStatusCode.Conflict);
        Assert.Equal([_elsewhere], problem.RefusedNetworks!.Select(it => it.Network));
        return item;
    }

    private async Task MoveAgainAsync(string key)
    {
        await TakeAsync(
            _world.Stores, new HmacSecret(3, ThirdSecret), new HmacSecret(2, RotationWorld.NewSecret),
            new HmacSecret(1, The.HmacSecret));
        var moved = await _world.Stores.Host.Get<BindingStore>().MoveAsync(
            [
                new(1, RotationWorld.NameOf(key, isRotated: false)), new(2, RotationWorld.NameOf(key, isRotated: true)),
                new(3, The.Fingerprint),
            ],
            Cancel);
        Assert.NotNull(moved);
    }

    private static async Task TakeAsync(StoresOfClass stores, params HmacSecret[] secrets)
    {
        using var ring = new SecretRing(secrets);
        Assert.Null(await stores.Host.Get<SecretStore>().RegisterAsync(ring, Cancel));
    }
}
