using Sentinel.Core.Callers;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;
using Sentinel.Storage.Postgres;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Storage;

public sealed class PromotionTests(StoresOfClass stores) : IClassFixture<StoresOfClass>
{
    private readonly BindingStore _store = stores.Host.Get<BindingStore>();
    private readonly KeyFingerprint _key = The.Fingerprint;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Promoted_claim_is_a_binding_of_its_network()
    {
        var use = await ClaimAsync(The.Caller);

        var (held, binding) = await _store.PromoteAsync(use, Cancel);

        Assert.True(held);
        Assert.Equal((BindingState.Active, null), (binding.State, binding.ClaimExpiresAt));
        Assert.Equivalent(binding, await _store.FindAsync(_key, Cancel));
    }

    [Fact]
    public async Task Promoting_twice_changes_nothing()
    {
        var first = await ClaimAsync(The.Caller);
        var second = await ClaimAsync(The.Caller);
        var promoted = await _store.PromoteAsync(first, Cancel);

        var again = await _store.PromoteAsync(second, Cancel);

        Assert.Equivalent(promoted, again);
    }

    [Fact]
    public async Task Promotion_is_lost_to_the_network_that_took_the_claim_over()
    {
        var slow = await ClaimAsync(The.Caller, TimeSpan.Zero);
        var quick = await ClaimAsync(The.Stranger);

        var (heldBefore, _) = await _store.PromoteAsync(slow, Cancel);
        _ = await _store.PromoteAsync(quick, Cancel);
        var (heldAfter, current) = await _store.PromoteAsync(slow, Cancel);

        Assert.False(heldBefore || heldAfter);
        Assert.Equal([quick.Network], current.Networks);
    }

    [Fact]
    public async Task Promotion_does_not_lift_a_ban()
    {
        var use = await ClaimAsync(The.Caller);
        var claim = await _store.FindAsync(_key, Cancel);
        _ = await stores.Host.Get<BindingChanges>()
            .SetStateAsync(claim!.Id, [BindingState.Claimed], BindingState.Banned, Cancel);

        var (held, current) = await _store.PromoteAsync(use, Cancel);

        Assert.False(held);
        Assert.Equal(BindingState.Banned, current.State);
    }

    [Fact]
    public async Task Removal_has_a_newer_version_than_what_was_removed_and_an_older_one_than_what_follows()
    {
        var use = await ClaimAsync(The.Caller);
        var (_, before) = await _store.PromoteAsync(use, Cancel);

        var removed = await stores.Host.Get<BindingChanges>().UnbindAsync(before.Id, release: true, Cancel);
        var (_, after) = await _store.PromoteAsync(await ClaimAsync(The.Stranger), Cancel);

        Assert.InRange(removed!.Version, before.Version + 1, after.Version - 1);
        Assert.Equal([The.Stranger.ToNetwork(32, 64)], after.Networks);
    }

    private async Task<FirstUse> ClaimAsync(ClientAddress caller, TimeSpan? lease = null)
    {
        var use = The.FirstUse(_key, caller);
        Assert.True((await _store.ClaimAsync(use, lease ?? TimeSpan.FromMinutes(1), Cancel)).Held);
        return use;
    }
}
