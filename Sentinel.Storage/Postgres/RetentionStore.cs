using Npgsql;
using Sentinel.Core.Contracts;
using Sentinel.Core.Decisions;
using Sentinel.Core.Trail;

namespace Sentinel.Storage.Postgres;

/// <summary>
/// What grows old leaves here, in steps so small that nobody waits for them. Throws
/// <see cref="StoreUnavailableException"/> in an outage.
/// </summary>
public sealed class RetentionStore(NpgsqlDataSource database)
{
    /// <summary>Makes the caller the only one who sweeps, until he disposes what he gets.</summary>
    /// <returns>The turn; null if somebody else has it.</returns>
    public Task<IAsyncDisposable?> TryTakeTurnAsync(CancellationToken cancellationToken)
    {
        return TryTakeAsync().OrUnavailable();

        async Task<IAsyncDisposable?> TryTakeAsync()
        {
            var turn = new SweepTurn(await database.OpenConnectionAsync(cancellationToken));
            if (await turn.TryTakeAsync(cancellationToken))
            {
                return turn;
            }

            await turn.DisposeAsync();
            return null;
        }
    }

    private const string NoteRun =
        "SELECT append_admin_audit($1, $2::inet, 'retention.run', '', jsonb_build_object())";

    /// <summary>Notes who asked for a sweep.</summary>
    public Task NoteRunAsync(Actor actor, CancellationToken cancellationToken) =>
        database.QueryAsync(NoteRun, _ => 0, cancellationToken, actor.Name, actor.Caller?.ToIPAddress());

    private const string Idle = "b.state = 'active' AND coalesce(b.last_used_at, b.created_at) < now() - $1";

    // One note a batch, with all their ids: one for each would make the chain of the audit the slowest part.
    private const string Archive = $"""
        WITH idle AS (
            SELECT b.id FROM bindings AS b WHERE {Idle}
             ORDER BY coalesce(b.last_used_at, b.created_at) LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED),
        b AS (
            UPDATE bindings AS b SET state = 'archived', version = nextval('binding_versions')
              FROM idle WHERE b.id = idle.id
            RETURNING {BindingRow.Columns}),
        noted AS (
            SELECT append_admin_audit('sentinel', NULL, 'retention.archive', batch.count::text,
                       jsonb_build_object('bindings', batch.ids))
              FROM (SELECT count(*), jsonb_agg(id) AS ids FROM b) AS batch WHERE batch.count > 0)
        SELECT {BindingRow.Columns} FROM b, (SELECT count(*) FROM noted) AS _
        """;

    /// <summary>Archives some bindings that were not used for so long, the longest unused first.</summary>
    /// <returns>They, with the versions to ring the bell with.</returns>
    public Task<IReadOnlyList<Binding>> ArchiveAsync(
        TimeSpan unusedFor, int limit, CancellationToken cancellationToken) =>
        database.QueryAsync(Archive, BindingRow.Read, cancellationToken, unusedFor, limit);

    private const string CountIdle = $"SELECT count(*) FROM bindings AS b WHERE {Idle}";

    public Task<long> CountIdleAsync(TimeSpan unusedFor, CancellationToken cancellationToken) =>
        CountAsync(CountIdle, cancellationToken, unusedFor);

    private const string SampleIdle = $"""
        SELECT {BindingQueries.Columns} FROM bindings AS b WHERE {Idle}
         ORDER BY coalesce(b.last_used_at, b.created_at) LIMIT $2
        """;

    public Task<IReadOnlyList<BindingItem>> SampleIdleAsync(
        TimeSpan unusedFor, int limit, CancellationToken cancellationToken) =>
        database.QueryAsync(SampleIdle, BindingQueries.Read, cancellationToken, unusedFor, limit);

    private const string LapsedClaims = "state = 'claimed' AND claim_expires_at < now() - interval '10 minutes'";

    private const string DeleteClaims = $"""
        DELETE FROM bindings WHERE id IN (
            SELECT id FROM bindings WHERE {LapsedClaims} LIMIT $1 FOR UPDATE SKIP LOCKED)
        RETURNING 1
        """;

    /// <summary>Removes some claims whose requests died without giving them up.</summary>
    /// <returns>How many.</returns>
    public async Task<int> DeleteClaimsAsync(int limit, CancellationToken cancellationToken) =>
        (await database.QueryAsync(DeleteClaims, _ => 0, cancellationToken, limit)).Count;

    public Task<long> CountClaimsAsync(CancellationToken cancellationToken) =>
        CountAsync($"SELECT count(*) FROM bindings WHERE {LapsedClaims}", cancellationToken);

    private const string OldDeliveries = "state <> 'pending' AND created_at < now() - $1";

    private const string DeleteDeliveries = $"""
        WITH silences AS (DELETE FROM alert_silences WHERE until < now())
        DELETE FROM webhook_outbox WHERE id IN (
            SELECT id FROM webhook_outbox WHERE {OldDeliveries} LIMIT $2 FOR UPDATE SKIP LOCKED)
        RETURNING 1
        """;

    /// <summary>Removes some alerts that are over.</summary>
    /// <returns>How many.</returns>
    public async Task<int> DeleteDeliveriesAsync(TimeSpan age, int limit, CancellationToken cancellationToken) =>
        (await database.QueryAsync(DeleteDeliveries, _ => 0, cancellationToken, age, limit)).Count;

    public Task<long> CountDeliveriesAsync(TimeSpan age, CancellationToken cancellationToken) =>
        CountAsync($"SELECT count(*) FROM webhook_outbox WHERE {OldDeliveries}", cancellationToken, age);

    private const string MonthsBefore = "SELECT partition, estimated_rows FROM intercept_months_before($1)";

    /// <summary>The months of the log that end before a time, the oldest first.</summary>
    public Task<IReadOnlyList<LogMonth>> MonthsBeforeAsync(
        DateTimeOffset cutoff, CancellationToken cancellationToken) =>
        database.QueryAsync(
            MonthsBefore,
            row => new LogMonth(row.GetString(0), row.GetInt64(1)),
            cancellationToken,
            cutoff.UtcDateTime);

    private const string DropMonth = "SELECT drop_intercept_month($1)";

    /// <summary>
    /// Drops a month. Whoever writes or reads the log waits for that, so it gives up quickly if it has to wait itself.
    /// </summary>
    /// <returns>Whether it was dropped; if not, the next sweep tries again.</returns>
    public async Task<bool> DropMonthAsync(LogMonth month, CancellationToken cancellationToken)
    {
        try
        {
            _ = await database.QueryAsync(DropMonth, _ => 0, cancellationToken, month.Name);
            return true;
        }
        catch (StoreUnavailableException busy)
            when (busy.InnerException is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable })
        {
            return false;
        }
    }

    private const string DeleteStrays = """
        DELETE FROM intercept_logs_default WHERE (occurred_at, id) IN (
            SELECT occurred_at, id FROM intercept_logs_default WHERE occurred_at < $1 LIMIT $2)
        RETURNING 1
        """;

    /// <summary>Removes some refusals that came too late for the month that they belong to.</summary>
    /// <returns>How many.</returns>
    public async Task<int> DeleteStraysAsync(DateTimeOffset cutoff, int limit, CancellationToken cancellationToken) =>
        (await database.QueryAsync(DeleteStrays, _ => 0, cancellationToken, cutoff.UtcDateTime, limit)).Count;

    private const string DeleteKnocks = """
        DELETE FROM knocks WHERE (fingerprint, network) IN (
            SELECT fingerprint, network FROM knocks WHERE last_at < now() - interval '30 days'
             LIMIT $1 FOR UPDATE SKIP LOCKED)
        RETURNING 1
        """;

    /// <summary>Removes some questions that nobody has asked again for 30 days.</summary>
    /// <returns>How many.</returns>
    public async Task<int> DeleteKnocksAsync(int limit, CancellationToken cancellationToken) =>
        (await database.QueryAsync(DeleteKnocks, _ => 0, cancellationToken, limit)).Count;

    /// <summary>Prepares this month and the next ones, so that no row has to go where none was prepared.</summary>
    public Task PrepareMonthsAsync(int ahead, CancellationToken cancellationToken) =>
        database.QueryAsync("SELECT prepare_intercept_months($1)", _ => 0, cancellationToken, ahead);

    private async Task<long> CountAsync(string sql, CancellationToken cancellationToken, params object?[] values) =>
        (await database.QueryAsync(sql, row => row.GetInt64(0), cancellationToken, values))[0];
}
