using Npgsql;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;
using Sentinel.Storage.Postgres;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Storage;

public sealed class ChangeFeedTests(StoresOfClass stores) : IClassFixture<StoresOfClass>, IAsyncDisposable
{
    private readonly BindingStore _bindings = stores.Host.Get<BindingStore>();
    private readonly BindingChanges _changes = stores.Host.Get<BindingChanges>();
    private readonly ChangeFeed _feed = new(stores.Host.Database);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_change_of_a_binding_is_told_with_its_version()
    {
        var before = await NowAsync();
        var bound = await BindAsync();
        var banned = await _changes.SetStateAsync(bound.Id, [BindingState.Active], BindingState.Banned, Cancel);
        var active = await _changes.SetStateAsync(bound.Id, [BindingState.Banned], BindingState.Active, Cancel);
        var removed = await _changes.UnbindAsync(bound.Id, release: true, Cancel);

        var versions = await VersionsAsync(before, bound.Fingerprint);

        Assert.Equal([bound.Version, banned!.Version, active!.Version], versions.Take(3));
        Assert.Equal(4, versions.Count);
        Assert.True(versions[3] >= removed!.Version - 1 && versions[3] > active.Version);
    }

    [Fact]
    public async Task What_the_gate_does_not_see_is_not_told()
    {
        var bound = await BindAsync();
        var claimed = The.FirstUse(The.Fingerprint, The.Caller);
        var before = await NowAsync();

        _ = await _changes.SetLabelAsync(bound.Id, "of the build server", Cancel);
        await _bindings.TouchAsync([new LastUse(bound.Id, DateTimeOffset.UtcNow, The.Caller)], Cancel);
        _ = await _bindings.ClaimAsync(claimed, TimeSpan.FromMinutes(1), Cancel);
        _ = await _bindings.WithdrawAsync(claimed.Fingerprint, claimed.Holder, Cancel);

        Assert.Empty(await VersionsAsync(before, bound.Fingerprint));
        Assert.Empty(await VersionsAsync(before, claimed.Fingerprint));
    }

    [Fact]
    public async Task Change_that_is_committed_after_a_later_one_is_not_missed()
    {
        var slow = await BindAsync();
        await using var connection = await stores.Host.Database.OpenConnectionAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await using var ban = new NpgsqlCommand(
            "UPDATE bindings SET state = 'banned', version = nextval('binding_versions') WHERE id = $1", connection);
        ban.Parameters.Add(new() { Value = slow.Id });
        _ = await ban.ExecuteNonQueryAsync(Cancel);
        var later = await BindAsync();
        var read = await _feed.ReadAsync(ChangeFeed.Beginning, Cancel);
        Assert.Contains(read.Bindings, change => change.Fingerprint == later.Fingerprint);
        Assert.Single(read.Bindings, change => change.Fingerprint == slow.Fingerprint);

        await transaction.CommitAsync(Cancel);

        Assert.Single(await VersionsAsync(read.Snapshot, slow.Fingerprint));
        Assert.Empty(await VersionsAsync(read.Snapshot, later.Fingerprint));
    }

    [Fact]
    public async Task Database_that_was_restored_is_recognised()
    {
        Assert.True((await _feed.ReadAsync(ChangeFeed.Beginning, Cancel)).IsContinued);
        Assert.False((await _feed.ReadAsync("999999999999:999999999999:", Cancel)).IsContinued);
    }

    [Fact]
    public async Task What_was_told_is_not_told_again()
    {
        var bound = await BindAsync();

        var before = await NowAsync();
        _ = await BindAsync();

        Assert.Empty(await VersionsAsync(before, bound.Fingerprint));
    }

    [Fact]
    public async Task Old_changes_are_forgotten_when_nobody_needs_them()
    {
        var bound = await BindAsync();
        await _feed.PruneAsync(TimeSpan.FromHours(1), Cancel);
        Assert.Single(await VersionsAsync(ChangeFeed.Beginning, bound.Fingerprint));

        await _feed.PruneAsync(TimeSpan.Zero, Cancel);

        Assert.Empty(await VersionsAsync(ChangeFeed.Beginning, bound.Fingerprint));
    }

    public ValueTask DisposeAsync() => _feed.DisposeAsync();

    private async Task<Binding> BindAsync() =>
        (await _bindings.PromoteAsync(The.FirstUse(The.Fingerprint, The.Caller), Cancel)).Current;

    private async Task<string> NowAsync() => (await _feed.ReadAsync(ChangeFeed.Beginning, Cancel)).Snapshot;

    private async Task<List<long>> VersionsAsync(string snapshot, KeyFingerprint key) =>
        [.. (await _feed.ReadAsync(snapshot, Cancel)).Bindings
            .Where(change => change.Fingerprint == key)
            .Select(change => change.Version)
            .Order()];
}
