using Sentinel.Core.Callers;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;
using Sentinel.Storage.Postgres;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Storage;

public sealed class ClaimTests(StoresOfClass stores) : IClassFixture<StoresOfClass>
{
    private static readonly TimeSpan _lease = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _noLease = TimeSpan.Zero;

    private readonly BindingStore _store = stores.Host.Get<BindingStore>();
    private readonly KeyFingerprint _key = The.Fingerprint;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_many_first_uses_over_two_replicas_one_network_wins()
    {
        await using var replica = await stores.NewHostAsync();
        BindingStore[] replicas = [_store, replica.Get<BindingStore>()];
        var uses = Enumerable.Range(0, 200).Select(n => The.FirstUse(_key, The.Address($"192.0.2.{n % 20}"))).ToArray();

        var results = await Task.WhenAll(uses.Select((use, n) => replicas[n % 2].ClaimAsync(use, _lease, Cancel)));

        var winner = Assert.Single(results.Select(result => result.Current.Networks.Single()).Distinct());
        Assert.Equal(
            uses.Where(use => use.Network == winner),
            uses.Zip(results).Where(it => it.Second.Held).Select(it => it.First));
    }

    [Fact]
    public async Task First_use_holds_the_key_and_the_same_network_joins()
    {
        var first = await ClaimAsync(The.Caller, _lease);
        var second = await ClaimAsync(The.Caller, _lease);

        Assert.True(first.Result.Held && second.Result.Held);
        Assert.Equal(BindingState.Claimed, second.Result.Current.State);
        Assert.Equal(first.Result.Current.Id, second.Result.Current.Id);
    }

    [Fact]
    public async Task Another_network_is_told_who_holds_the_key()
    {
        _ = await ClaimAsync(The.Caller, _lease);

        var (_, result) = await ClaimAsync(The.Stranger, _lease);

        Assert.False(result.Held);
        Assert.True(result.Current.Admits(The.Caller));
    }

    [Fact]
    public async Task Lapsed_claim_is_taken_over_by_the_next_network()
    {
        var before = await ClaimAsync(The.Caller, _noLease);

        var (_, result) = await ClaimAsync(The.Stranger, _lease);

        Assert.True(result.Held);
        Assert.Equal([The.Stranger.ToNetwork(32, 64)], result.Current.Networks);
        Assert.True(result.Current.Version > before.Result.Current.Version);
    }

    [Fact]
    public async Task Lease_is_prolonged_while_nobody_waits()
    {
        var (use, _) = await ClaimAsync(The.Caller, _noLease);

        Assert.True(await _store.RenewAsync(_key, use.Holder, _lease, Cancel));
        Assert.False((await ClaimAsync(The.Stranger, _lease)).Result.Held);
        Assert.False(await _store.RenewAsync(_key, use.Holder, _lease, Cancel));
    }

    [Fact]
    public async Task Joining_does_not_prolong_a_lease_for_which_another_network_waits()
    {
        var (_, claimed) = await ClaimAsync(The.Caller, _lease);
        _ = await ClaimAsync(The.Stranger, _lease);

        var (_, joined) = await ClaimAsync(The.Caller, _lease);

        Assert.True(joined.Held);
        Assert.Equal(claimed.Current.ClaimExpiresAt, joined.Current.ClaimExpiresAt);
    }

    [Fact]
    public async Task Who_lost_a_lapsed_claim_cannot_prolong_or_withdraw_the_next_one()
    {
        var (loser, _) = await ClaimAsync(The.Caller, _noLease);
        _ = await ClaimAsync(The.Stranger, _lease);

        Assert.False(await _store.RenewAsync(_key, loser.Holder, _lease, Cancel));
        Assert.Null(await _store.WithdrawAsync(_key, loser.Holder, Cancel));
        Assert.True((await _store.FindAsync(_key, Cancel))!.Admits(The.Stranger));
    }

    [Theory]
    [InlineData(BindingState.Active)]
    [InlineData(BindingState.Banned)]
    [InlineData(BindingState.Archived)]
    [InlineData(BindingState.Contested)]
    public async Task Settled_key_cannot_be_claimed(BindingState state)
    {
        var (use, _) = await ClaimAsync(The.Caller, _lease);
        var (_, binding) = await _store.PromoteAsync(use, Cancel);
        var changes = stores.Host.Get<BindingChanges>();
        var settled = await changes.SetStateAsync(binding.Id, [BindingState.Active], state, Cancel);

        var (_, result) = await ClaimAsync(The.Stranger, _lease);

        Assert.False(result.Held);
        Assert.Equivalent(settled, result.Current);
    }

    private async Task<(FirstUse Use, ClaimResult Result)> ClaimAsync(ClientAddress caller, TimeSpan lease)
    {
        var use = The.FirstUse(_key, caller);
        return (use, await _store.ClaimAsync(use, lease, Cancel));
    }
}
