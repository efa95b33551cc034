using System.Net;
using Sentinel.Core.Decisions;
using Sentinel.Storage.Postgres;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Storage;

public sealed class BindingTests(StoresOfClass stores) : IClassFixture<StoresOfClass>
{
    private readonly BindingStore _store = stores.Host.Get<BindingStore>();
    private readonly BindingChanges _changes = stores.Host.Get<BindingChanges>();

    // PostgreSQL counts in microseconds.
    private static bool Nearly(DateTimeOffset one, DateTimeOffset other) =>
        (one - other).Duration() < TimeSpan.FromMilliseconds(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Last_use_is_noted_and_an_older_one_changes_nothing()
    {
        var (one, other) = (await BindAsync(), await BindAsync());
        var later = DateTimeOffset.UtcNow.AddHours(1);

        await _store.TouchAsync([new(one.Id, later, The.Stranger), new(other.Id, later, The.Caller)], Cancel);
        await _store.TouchAsync([new(one.Id, later.AddMinutes(-1), The.Caller)], Cancel);

        var from = await stores.Host.ScalarAsync<IPAddress>(
            "SELECT last_used_from FROM bindings WHERE id = $1", one.Id);
        Assert.Equal(The.Stranger.ToIPAddress(), from);
    }

    [Fact]
    public async Task Last_ten_addresses_are_remembered_each_once()
    {
        var binding = await BindAsync();
        var queries = stores.Host.Get<BindingQueries>();
        var begin = DateTimeOffset.UtcNow.AddHours(1);

        int[] hosts = [1, 2, 3, 2, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 7];
        foreach (var (n, host) in hosts.Index())
        {
            await _store.TouchAsync([new(binding.Id, begin.AddMinutes(n), The.Address($"203.0.113.{host}"))], Cancel);
        }

        var recent = await queries.RecentAddressesAsync(binding.Id, Cancel);
        Assert.Equal(
            [7, 12, 11, 10, 9, 8, 6, 5, 4, 2], recent.Select(use => int.Parse(use.Address.Split('.')[3])));
        Assert.Equal(
            [begin.AddMinutes(14), begin.AddMinutes(13)], recent.Take(2).Select(use => use.LastSeenAt), Nearly);
        Assert.Equal(begin.AddMinutes(4), recent[9].LastSeenAt, Nearly);
        Assert.Empty(await queries.RecentAddressesAsync(Guid.NewGuid(), Cancel));
    }

    [Fact]
    public async Task Ban_outlives_an_unbind()
    {
        var binding = await BindAsync();
        var banned = await _changes.SetStateAsync(binding.Id, [BindingState.Active], BindingState.Banned, Cancel);

        Assert.Null(await _changes.UnbindAsync(binding.Id, release: true, Cancel));
        Assert.Equivalent(banned, await _store.FindAsync(binding.Fingerprint, Cancel));
        Assert.True(banned!.Version > binding.Version);
    }

    [Fact]
    public async Task State_changes_only_from_those_that_may_be_left()
    {
        var binding = await BindAsync();

        Assert.Null(await _changes.SetStateAsync(binding.Id, [BindingState.Banned], BindingState.Active, Cancel));
        Assert.Null(await _changes.SetStateAsync(Guid.NewGuid(), [BindingState.Active], BindingState.Banned, Cancel));
    }

    [Fact]
    public async Task Networks_of_bindings_can_be_searched_but_those_of_claims_are_not_listed()
    {
        var binding = await BindAsync();
        var claimed = The.FirstUse(The.Fingerprint, The.Caller);
        var claim = await _store.ClaimAsync(claimed, TimeSpan.FromMinutes(1), Cancel);

        Assert.Equal(1, await CountNetworksAsync(binding.Id));
        Assert.Equal(0, await CountNetworksAsync(claim.Current.Id));
        _ = await _changes.UnbindAsync(binding.Id, release: true, Cancel);
        Assert.Equal(0, await CountNetworksAsync(binding.Id));
    }

    private Task<long> CountNetworksAsync(Guid id) => stores.Host.ScalarAsync<long>(
        "SELECT count(*) FROM binding_networks WHERE binding_id = $1 AND network >>= $2", id, The.Caller.ToIPAddress());

    private async Task<Binding> BindAsync() =>
        (await _store.PromoteAsync(The.FirstUse(The.Fingerprint, The.Caller), Cancel)).Current;
}
