using Microsoft.Extensions.Options;
using Sentinel.Core.Decisions;
using Sentinel.Storage;
using Sentinel.Storage.Postgres;
using Sentinel.Storage.Pulses;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Storage;

/// <summary>What every request may wait for must stay fast when there are many keys.</summary>
[Collection(ManyRows.Name)]
public sealed class ManyBindingsTests(ManyRows many)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(nameof(BindingStore.FindAsync))]
    [InlineData(nameof(BindingStore.ClaimAsync))]
    [InlineData(nameof(BindingStore.RenewAsync))]
    [InlineData(nameof(BindingStore.PromoteAsync))]
    [InlineData(nameof(BindingStore.WithdrawAsync))]
    [InlineData(nameof(BindingStore.TouchAsync))]
    [InlineData(nameof(BindingChanges.SetStateAsync))]
    [InlineData(nameof(BindingChanges.SetNetworksAsync))]
    [InlineData(nameof(RetentionStore.ArchiveAsync))]
    [InlineData(nameof(RetentionStore.DeleteClaimsAsync))]
    public async Task Statement_looks_at_the_rows_of_its_key_only(string statement)
    {
        await using var plans = new QueryPlans(many.Stores.Database);
        var store = new BindingStore(plans.Database, many.Stores.Host.Get<StorePulses>());
        var changes = new BindingChanges(plans.Database, many.Stores.Host.Get<IOptionsMonitor<BindingOptions>>());
        var retention = new RetentionStore(plans.Database);
        var use = The.FirstUse(many.Key, The.Caller);

        await (statement switch
        {
            nameof(store.FindAsync) => store.FindAsync(many.Key, Cancel),
            nameof(store.ClaimAsync) => store.ClaimAsync(use, TimeSpan.FromMinutes(1), Cancel),
            nameof(store.RenewAsync) => store.RenewAsync(many.Key, use.Holder, TimeSpan.FromMinutes(1), Cancel),
            nameof(store.PromoteAsync) => store.PromoteAsync(use, Cancel),
            nameof(store.WithdrawAsync) => store.WithdrawAsync(many.Key, use.Holder, Cancel),
            nameof(store.TouchAsync) => store.TouchAsync([new(many.Id, The.Moment, The.Caller)], Cancel),
            nameof(changes.SetStateAsync) =>
                changes.SetStateAsync(many.Id, [BindingState.Active], BindingState.Active, Cancel),
            nameof(changes.SetNetworksAsync) => changes.SetNetworksAsync(many.Id, [use.Network], Cancel),
            nameof(retention.ArchiveAsync) => retention.ArchiveAsync(TimeSpan.FromDays(90), 10, Cancel),
            nameof(retention.DeleteClaimsAsync) => retention.DeleteClaimsAsync(10, Cancel),
            _ => throw new ArgumentOutOfRangeException(nameof(statement)),
        });

        plans.ShowNoScanOf("bindings");
    }

    [Fact]
    public async Task What_changed_is_found_by_an_index()
    {
        await using var plans = new QueryPlans(many.Stores.Database);
        await using var feed = new ChangeFeed(plans.Database);
        await using var everything = new ChangeFeed(many.Stores.Host.Database);
        var now = (await everything.ReadAsync(ChangeFeed.Beginning, Cancel)).Snapshot;

        _ = await feed.ReadAsync(now, Cancel);

        plans.ShowNoScanOf("binding_changes");
    }

    [Fact]
    public async Task Keys_that_may_come_from_an_address_are_found_by_an_index()
    {
        await using var plans = new QueryPlans(many.Stores.Database);
        await using var command = plans.Database.CreateCommand(
            "SELECT binding_id FROM binding_networks WHERE network >>= $1");
        command.Parameters.Add(new() { Value = The.Caller.ToIPAddress() });

        _ = await command.ExecuteScalarAsync(Cancel);

        plans.ShowNoScanOf("binding_networks");
    }

    [Fact]
    public async Task Replicas_that_note_the_same_keys_in_different_order_do_not_block_each_other()
    {
        var store = many.Stores.Host.Get<BindingStore>();
        var ids = await many.Stores.Host.ScalarAsync<Guid[]>(
            "SELECT array_agg(id) FROM (SELECT id FROM bindings WHERE hint <> 'sk-…77' LIMIT 200) AS picked");
        var random = new Random(1);

        await Task.WhenAll(Enumerable.Range(1, 20).Select(n =>
        {
            random.Shuffle(ids);
            return store.TouchAsync(
                [.. ids.Select(id => new LastUse(id, The.Moment.AddMinutes(n), The.Caller))], Cancel);
        }));

        Assert.Equal(200, await many.Stores.Host.ScalarAsync<long>(
            "SELECT count(*) FROM bindings WHERE id = ANY ($1) AND last_used_at = $2",
            ids, The.Moment.AddMinutes(20).UtcDateTime));
    }
}
