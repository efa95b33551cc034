using System.Net;
using System.Net.Http.Json;
using Sentinel.Core.Decisions;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Gate;

/// <summary>A replica that has only one of the two secrets refuses what it cannot tell, and knows the rest.</summary>
public sealed class GateOldReplicaTests(RealStores stores) : IAsyncLifetime
{
    private readonly RotationWorld _world = new(stores);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _world.InitializeAsync();

    [Fact]
    public async Task Replica_with_the_old_secret_alone_knows_a_moved_key_and_hears_of_its_ban()
    {
        await using var old = _world.NewProxy(RotationWorld.Before);
        await using var rotated = _world.NewProxy(RotationWorld.Rotated);
        var key = await MovedAsync(rotated);

        Assert.Equal("address_mismatch", await RotationWorld.ReasonAsync(old, key, The.Stranger));
        Assert.Equal(HttpStatusCode.OK, await old.AskAsync(key, The.Caller));
        await _world.SetAsync(key, BindingState.Banned);

        await Eventually.Holds(async () => await RotationWorld.ReasonAsync(old, key, The.Caller) is "banned");
        Assert.Equal("address_mismatch", await RotationWorld.ReasonAsync(old, key, The.Stranger));
    }

    [Fact]
    public async Task Stream_on_a_replica_with_the_old_secret_ends_when_its_moved_key_is_banned()
    {
        await using var old = _world.NewProxy(RotationWorld.Before);
        var key = await RotationWorld.BoundAsync(old);
        using var request = ProxyApp.Request(HttpMethod.Post, "/v1/chat/completions", key, The.Caller);
        request.Content = JsonContent.Create(new { model = "pause-60s", stream = true });
        using var answer = await old.SendAsync(request);
        await using var rotated = _world.NewProxy(RotationWorld.Rotated);
        Assert.Equal(HttpStatusCode.OK, await rotated.AskAsync(key, The.Caller));
        Assert.Equal(2, await _world.SecretOfAsync(key));

        await _world.SetAsync(key, BindingState.Banned);

        _ = await Assert.ThrowsAnyAsync<Exception>(() => answer.Content.ReadAsStringAsync(Cancelled));
        Assert.False(Cancelled.IsCancellationRequested);
    }

    [Fact]
    public async Task Replica_that_lacks_the_secret_in_use_makes_no_first_use()
    {
        await using var old = _world.NewProxy(RotationWorld.Before);
        await using var rotated = _world.NewProxy(RotationWorld.Rotated);
        var (unknown, bound) = (The.Key, await RotationWorld.BoundAsync(rotated));

        Assert.Equal("store_unavailable", await RotationWorld.ReasonAsync(old, unknown, The.Caller));
        Assert.NotEqual(HttpStatusCode.OK, await old.AskAsync(bound, The.Stranger));
        Assert.Null(await _world.FindAsync(unknown));
    }

    [Fact]
    public async Task Replica_without_the_secret_before_takes_no_known_key_for_an_unknown_one()
    {
        await using var before = _world.NewProxy(RotationWorld.Before);
        var key = await RotationWorld.BoundAsync(before);
        await using var hasty = _world.NewProxy(RotationWorld.Retired);

        Assert.Equal("store_unavailable", await RotationWorld.ReasonAsync(hasty, key, The.Stranger));
        Assert.Equal("store_unavailable", await RotationWorld.ReasonAsync(hasty, key, The.Caller));
        Assert.Equal(1, await _world.SecretOfAsync(key));
    }

    [Fact]
    public async Task Replica_with_another_secret_under_a_known_id_does_not_start()
    {
        await using var before = _world.NewProxy(RotationWorld.Before);

        var refusal = Assert.ThrowsAny<Exception>(() =>
            _world.NewProxy([("SENTINEL_HMAC_SECRET", RotationWorld.NewSecret)])).ToString();

        Assert.Contains("The HMAC secret 1 is not the one under which keys are known", refusal);
        Assert.DoesNotContain(RotationWorld.NewSecret, refusal);
    }

    [Theory]
    [InlineData("2:short", "Secret 1 of SENTINEL_HMAC_SECRETS_ACCEPTED has less than 32 bytes")]
    [InlineData("1:another secret, that is long enough for all", "has the id 1 of another secret")]
    [InlineData("no id at all, but it is long enough for all", "is not of the form id:secret")]
    public void Proxy_does_not_start_with_secrets_that_cannot_be_right(string accepted, string message) =>
        Assert.Contains(
            message,
            Assert.ThrowsAny<Exception>(() => _world.NewProxy(
                [("SENTINEL_HMAC_SECRETS_ACCEPTED", accepted.Replace(", ", " "))])).ToString());

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    /// <summary>A key that was bound under the old secret and moved by a rotated replica.</summary>
    private async Task<string> MovedAsync(ProxyApp rotated)
    {
        await using var prepared = _world.NewProxy(RotationWorld.Prepared);
        var key = await RotationWorld.BoundAsync(prepared);
        Assert.Equal(HttpStatusCode.OK, await rotated.AskAsync(key, The.Caller));
        Assert.Equal(2, await _world.SecretOfAsync(key));
        return key;
    }
}
