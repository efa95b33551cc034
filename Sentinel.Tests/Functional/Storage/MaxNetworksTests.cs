using Sentinel.Core.Callers;
using Sentinel.Core.Decisions;
using Sentinel.Storage.Postgres;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Storage;

/// <summary>The cap on networks of one key (10 by default) holds wherever one is added.</summary>
public sealed class MaxNetworksTests(StoresOfClass stores) : IClassFixture<StoresOfClass>
{
    private readonly BindingChanges _changes = stores.Host.Get<BindingChanges>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Binding_gets_no_more_networks_than_it_may_have()
    {
        var id = await BindAsync();

        Assert.NotNull(await _changes.SetNetworksAsync(id, Networks(10), Cancel));
        Assert.Null(await _changes.SetNetworksAsync(id, Networks(11), Cancel));
        Assert.Equal(10, await CountAsync(id));
    }

    [Fact]
    public async Task Binding_that_has_more_keeps_them_and_may_lose_some()
    {
        var id = await BindAsync();
        await using var command = stores.Host.Database.CreateCommand(
            "UPDATE bindings SET networks = (SELECT array_agg(('10.0.0.' || n)::cidr) FROM generate_series(1, 20) AS n)"
            + $" WHERE id = '{id}'");
        _ = await command.ExecuteNonQueryAsync(Cancel);

        Assert.Null(await _changes.SetNetworksAsync(id, Networks(21), Cancel));
        Assert.Equal(15, (await _changes.SetNetworksAsync(id, Networks(15), Cancel))!.Networks.Length);
        Assert.Null(await _changes.SetNetworksAsync(id, Networks(16), Cancel));
    }

    [Fact]
    public async Task Contested_key_lists_no_more_networks_than_that_and_then_changes_no_more()
    {
        var id = await BindAsync();

        for (var n = 1; n <= 9; n++)
        {
            var contested = await _changes.ContestAsync(id, The.Network($"192.0.2.{n}/32"), Cancel);
            Assert.Equal((BindingState.Contested, n + 1), (contested!.State, contested.Networks.Length));
            Assert.Null(await _changes.ContestAsync(id, The.Network($"192.0.2.{n}/32"), Cancel));
        }

        Assert.Null(await _changes.ContestAsync(id, The.Network("192.0.2.10/32"), Cancel));
    }

    [Fact]
    public async Task Key_that_is_full_can_still_be_contested()
    {
        var id = await BindAsync();
        _ = await _changes.SetNetworksAsync(id, Networks(10), Cancel);

        var contested = await _changes.ContestAsync(id, The.Network("192.0.2.10/32"), Cancel);

        Assert.Equal((BindingState.Contested, 10), (contested!.State, contested.Networks.Length));
    }

    [Fact]
    public async Task Many_networks_that_contest_a_key_at_once_are_all_listed_up_to_the_cap()
    {
        var id = await BindAsync();

        var changed = await Task.WhenAll(Enumerable.Range(1, 30).Select(n =>
            _changes.ContestAsync(id, The.Network($"192.0.2.{n}/32"), Cancel)));

        Assert.Equal(9, changed.Count(it => it is not null));
        Assert.Equal(10, await CountAsync(id));
    }

    [Theory]
    [InlineData(BindingState.Banned)]
    [InlineData(BindingState.Archived)]
    public async Task What_was_decided_about_a_key_is_not_contested(BindingState state)
    {
        var id = await BindAsync();
        _ = await _changes.SetStateAsync(id, [BindingState.Active], state, Cancel);

        Assert.Null(await _changes.ContestAsync(id, The.Network("192.0.2.1/32"), Cancel));
    }

    private static Network[] Networks(int count) =>
        [.. Enumerable.Range(1, count).Select(n => The.Network($"10.1.0.{n}/32"))];

    private async Task<Guid> BindAsync()
    {
        var use = The.FirstUse(The.Fingerprint, The.Caller);
        return (await stores.Host.Get<BindingStore>().PromoteAsync(use, Cancel)).Current.Id;
    }

    private Task<int> CountAsync(Guid id) =>
        stores.Host.ScalarAsync<int>("SELECT cardinality(networks) FROM bindings WHERE id = $1", id);
}
