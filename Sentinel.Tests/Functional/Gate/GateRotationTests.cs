using System.Net;
using Sentinel.Core.Decisions;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Gate;

/// <summary>Rotation of the secret that names keys: no known key is unknown to any replica at any time.</summary>
public sealed class GateRotationTests(RealStores stores) : IAsyncLifetime
{
    private readonly RotationWorld _world = new(stores);

    public ValueTask InitializeAsync() => _world.InitializeAsync();

    [Fact]
    public async Task Key_moves_on_its_next_use_and_stays_its_owners_before_and_after()
    {
        await using var before = _world.NewProxy(RotationWorld.Before);
        var key = await RotationWorld.BoundAsync(before);
        var bound = (await _world.FindAsync(key))!;
        await using var one = _world.NewProxy(RotationWorld.Rotated);
        await using var two = _world.NewProxy(RotationWorld.Rotated);

        Assert.Equal(1, await _world.SecretOfAsync(key));
        Assert.Equal("address_mismatch", await RotationWorld.ReasonAsync(one, key, The.Stranger));
        Assert.Equal(HttpStatusCode.OK, await two.AskAsync(key, The.Caller));
        Assert.Equal("address_mismatch", await RotationWorld.ReasonAsync(two, key, The.Stranger));
        Assert.Equal(HttpStatusCode.OK, await one.AskAsync(key, The.Caller));

        var moved = (await _world.FindAsync(key))!;
        Assert.Equal(2, await _world.SecretOfAsync(key));
        Assert.Equal(RotationWorld.NameOf(key, isRotated: true), moved.Fingerprint);
        Assert.Equal(bound.Id, moved.Id);
        Assert.True(moved.Version > bound.Version);
    }

    [Theory]
    [InlineData(BindingState.Banned, "banned", "address_mismatch")]
    [InlineData(BindingState.Archived, null, "approval_required")]
    [InlineData(BindingState.Contested, "approval_required", "approval_required")]
    public async Task What_was_decided_about_a_key_moves_with_it(BindingState state, string? toOwner, string toStranger)
    {
        await using var before = _world.NewProxy(RotationWorld.Before);
        var key = await RotationWorld.BoundAsync(before);
        await _world.SetAsync(key, state);

        await using var after = _world.NewProxy(RotationWorld.Rotated);

        Assert.Equal(toStranger, await RotationWorld.ReasonAsync(after, key, The.Stranger));
        Assert.Equal(state, (await _world.FindAsync(key))!.State);
        Assert.Equal(2, await _world.SecretOfAsync(key));
        Assert.Equal(toOwner, await RotationWorld.ReasonAsync(after, key, The.Caller));
    }

    [Fact]
    public async Task Race_of_owner_and_thieves_at_the_move_is_the_owners()
    {
        await using var before = _world.NewProxy(RotationWorld.Before);
        var keys = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            keys.Add(await RotationWorld.BoundAsync(before));
        }

        await using var prepared = _world.NewProxy(RotationWorld.Prepared);
        await using var one = _world.NewProxy(RotationWorld.Rotated);
        await using var two = _world.NewProxy(RotationWorld.Rotated);

        await Task.WhenAll(keys.SelectMany(key => ((ProxyApp[])[before, prepared, one, two]).Select(async proxy =>
        {
            var theft = proxy.AskAsync(key, The.Stranger);
            Assert.Equal(HttpStatusCode.OK, await proxy.AskAsync(key, The.Caller));
            Assert.Equal(HttpStatusCode.Forbidden, await theft);
        })));

        Assert.All(await Task.WhenAll(keys.Select(_world.SecretOfAsync)), id => Assert.Equal(2, id));
    }

    [Fact]
    public async Task First_uses_on_replicas_of_different_phases_have_one_winner()
    {
        await using var prepared = _world.NewProxy(RotationWorld.Prepared);
        await using var rotated = _world.NewProxy(RotationWorld.Rotated);
        foreach (var key in Enumerable.Range(0, 20).Select(_ => The.Key))
        {
            var answers = await Task.WhenAll(
                prepared.AskAsync(key, The.Stranger), rotated.AskAsync(key, The.Caller),
                prepared.AskAsync(key, The.Caller), rotated.AskAsync(key, The.Stranger));

            Assert.Equal(2, await _world.SecretOfAsync(key));
            var isOwners = (await _world.FindAsync(key))!.Admits(The.Caller);
            Assert.Equal(isOwners, answers[1] is HttpStatusCode.OK && answers[2] is HttpStatusCode.OK);
            Assert.Equal(!isOwners, answers[0] is HttpStatusCode.OK && answers[3] is HttpStatusCode.OK);
            Assert.Equal(2, answers.Count(answer => answer is HttpStatusCode.OK));
        }
    }

    [Fact]
    public async Task First_use_in_flight_when_the_secret_changes_keeps_others_out_and_binds()
    {
        await using var held = await HeldService.StartAsync();
        await using var prepared = _world.NewProxy(RotationWorld.Prepared, held.Route);
        var key = The.Key;
        var first = prepared.AskAsync(key, The.Caller, target: HeldService.Target);
        await Eventually.Holds(async () => await _world.FindAsync(key) is { State: BindingState.Claimed });
        await using var rotated = _world.NewProxy(
            RotationWorld.Rotated, ("Sentinel:Decisions:ClaimWait", "00:00:00.100"));

        Assert.Equal("claim_pending", await RotationWorld.ReasonAsync(rotated, key, The.Stranger));

        held.Answer();
        Assert.Equal(HttpStatusCode.OK, await first);
        await Eventually.Holds(async () => await _world.FindAsync(key) is { State: BindingState.Active });
        Assert.Equal(HttpStatusCode.OK, await rotated.AskAsync(key, The.Caller));
        Assert.Equal("address_mismatch", await RotationWorld.ReasonAsync(rotated, key, The.Stranger));
        Assert.Equal(2, await _world.SecretOfAsync(key));
    }

    [Fact]
    public async Task First_use_that_fails_after_the_secret_changed_leaves_no_row()
    {
        await using var held = await HeldService.StartAsync();
        await using var prepared = _world.NewProxy(RotationWorld.Prepared, held.Route);
        var key = The.Key;
        var first = prepared.AskAsync(key, The.Caller, target: HeldService.Target);
        await Eventually.Holds(async () => await _world.FindAsync(key) is { State: BindingState.Claimed });
        await using var rotated = _world.NewProxy(RotationWorld.Rotated);

        var second = rotated.AskAsync(key, The.Caller, "status-401");

        held.Answer(HttpStatusCode.Unauthorized);
        Assert.Equal(HttpStatusCode.Unauthorized, await first);
        Assert.Equal(HttpStatusCode.Unauthorized, await second);
        await Eventually.Holds(async () => await _world.FindAsync(key) is null);
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();
}
