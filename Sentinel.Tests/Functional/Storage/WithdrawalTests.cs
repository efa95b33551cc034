using Npgsql;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;
using Sentinel.Storage.Postgres;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Storage;

public sealed class WithdrawalTests(StoresOfClass stores) : IClassFixture<StoresOfClass>
{
    private readonly BindingStore _store = stores.Host.Get<BindingStore>();
    private readonly KeyFingerprint _key = The.Fingerprint;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Key_that_downstream_refused_leaves_no_row()
    {
        var use = await ClaimAsync();

        var removed = await _store.WithdrawAsync(_key, use.Holder, Cancel);

        Assert.NotNull(removed);
        Assert.Null(await _store.FindAsync(_key, Cancel));
    }

    [Fact]
    public async Task Claim_stays_until_its_last_holder_leaves()
    {
        var uses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ClaimAsync()));
        Assert.Null(await _store.WithdrawAsync(_key, uses[0].Holder, Cancel));
        Assert.NotNull(await _store.FindAsync(_key, Cancel));

        var removed = await Task.WhenAll(uses[1..].Select(use => _store.WithdrawAsync(_key, use.Holder, Cancel)));

        _ = Assert.Single(removed, it => it is not null);
        Assert.Null(await _store.FindAsync(_key, Cancel));
    }

    [Fact]
    public async Task Of_two_last_holders_that_leave_at_once_one_removes_the_claim()
    {
        var (one, other) = (await ClaimAsync(), await ClaimAsync());
        await using var connection = await stores.Host.Database.OpenConnectionAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await using var leave = new NpgsqlCommand(
            "UPDATE bindings SET claim_holders = array_remove(claim_holders, $1) WHERE fingerprint = $2", connection);
        leave.Parameters.Add(new() { Value = one.Holder });
        leave.Parameters.Add(new() { Value = _key.ToByteArray() });
        _ = await leave.ExecuteNonQueryAsync(Cancel);

        var withdrawal = _store.WithdrawAsync(_key, other.Holder, Cancel);
        await Eventually.Holds(async () => await stores.Host.ScalarAsync<bool>(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND locktype = 'transactionid')"));
        await transaction.CommitAsync(Cancel);

        Assert.NotNull(await withdrawal);
        Assert.Null(await _store.FindAsync(_key, Cancel));
    }

    [Fact]
    public async Task Withdrawal_never_removes_a_promoted_binding()
    {
        var failed = await ClaimAsync();
        var succeeded = await ClaimAsync();
        _ = await _store.PromoteAsync(succeeded, Cancel);

        Assert.Null(await _store.WithdrawAsync(_key, failed.Holder, Cancel));
        Assert.Null(await _store.WithdrawAsync(_key, succeeded.Holder, Cancel));
        Assert.Equal(BindingState.Active, (await _store.FindAsync(_key, Cancel))!.State);
    }

    private async Task<FirstUse> ClaimAsync()
    {
        var use = The.FirstUse(_key, The.Caller);
        Assert.True((await _store.ClaimAsync(use, TimeSpan.FromMinutes(1), Cancel)).Held);
        return use;
    }
}
