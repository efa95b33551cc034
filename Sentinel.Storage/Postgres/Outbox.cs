using System.Text.Json;
using Npgsql;
using Sentinel.Core.Contracts;
using Sentinel.Core.Trail;

namespace Sentinel.Storage.Postgres;

/// <summary>
/// Alerts on their way. One replica at a time holds an alert, for the time of a lease: if it dies, another one sends
/// the alert again, under the same id. Throws <see cref="StoreUnavailableException"/> in an outage.
/// </summary>
public sealed class Outbox(NpgsqlDataSource database)
{
    private const string Columns = """
        o.id, o.created_at, o.state, o.attempts, o.next_attempt_at, o.last_attempt_at, o.last_status, o.last_error,
        o.delivered_at, o.event
        """;

    // The note is made with the change, or neither is.
    private const string Noted = """
        noted AS (
            SELECT append_admin_audit($2, $3::inet, $4, o.id::text, jsonb_build_object('reason', o.event ->> 'reason'))
              FROM o)
        """;

    private const string Add = $"""
        WITH o AS (
            INSERT INTO webhook_outbox (id, event, attempts, lease, last_attempt_at, next_attempt_at)
            VALUES ($1, $5::jsonb, 1, $6, now(), now() + $7)
            RETURNING *),
        {Noted}
        SELECT {Columns} FROM o, noted
        """;

    /// <summary>Adds an alert that an operator asked for and that the caller sends himself, at once.</summary>
    public async Task<Delivery> AddAsync(
        AlertEvent alert, Guid lease, TimeSpan time, Actor actor, CancellationToken cancellationToken) =>
        (await database.QueryAsync(
            Add,
            Read,
            cancellationToken,
            alert.Id,
            actor.Name,
            actor.Caller?.ToIPAddress(),
            "alert.test",
            JsonSerializer.Serialize(alert, JsonSerializerOptions.Web),
            lease,
            time))[0];

    private const string LeaseNext = $"""
        UPDATE webhook_outbox AS o
           SET lease = $1, next_attempt_at = now() + $2, last_attempt_at = now(), attempts = o.attempts + 1
          FROM (SELECT id FROM webhook_outbox WHERE state = 'pending' AND next_attempt_at <= now()
                 ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED) AS due
         WHERE o.id = due.id
        RETURNING {Columns}
        """;

    /// <summary>Takes the alert that has been due the longest, for the time of the lease.</summary>
    /// <returns>The alert; null if none is due.</returns>
    public async Task<Delivery?> LeaseAsync(Guid lease, TimeSpan time, CancellationToken cancellationToken) =>
        (await database.QueryAsync(LeaseNext, Read, cancellationToken, lease, time)).SingleOrDefault();

    private const string Note = $"""
        UPDATE webhook_outbox AS o
           SET state = $3, last_status = $4, last_error = $5, next_attempt_at = now() + $6, lease = NULL,
               delivered_at = CASE $3 WHEN 'delivered' THEN now() ELSE o.delivered_at END
         WHERE o.id = $1 AND o.lease = $2
        RETURNING {Columns}
        """;

    /// <summary>Notes what became of an attempt.</summary>
    /// <returns>The alert; null if the lease was lost meanwhile.</returns>
    public async Task<Delivery?> NoteAsync(
        Guid id, Guid lease, AttemptResult result, CancellationToken cancellationToken) =>
        (await database.QueryAsync(
            Note, Read, cancellationToken, id, lease, result.State, result.Status, result.Error, result.Pause))
            .SingleOrDefault();

    // A webhook that was just set, or that cannot be read here, is still somebody to send to.
    private const string Skip = """
        UPDATE webhook_outbox SET state = 'skipped', lease = NULL
         WHERE state = 'pending' AND next_attempt_at <= now()
           AND NOT (SELECT state ? 'alertWebhook' FROM settings ORDER BY version DESC LIMIT 1)
        """;

    /// <summary>Lays all alerts that are due aside: there is nobody to send them to.</summary>
    public Task SkipAsync(CancellationToken cancellationToken) =>
        database.QueryAsync(Skip, _ => 0, cancellationToken);

    private const string Replay = $"""
        WITH o AS (
            UPDATE webhook_outbox AS o
               SET state = 'pending', attempts = 0, next_attempt_at = now(), lease = NULL
             WHERE o.id = $1 AND o.state <> 'pending'
            RETURNING o.*),
        {Noted}
        SELECT {Columns} FROM o, noted
        """;

    /// <summary>Sends an alert once more, under the same id.</summary>
    /// <returns>The alert; null if there is none, or if it is on its way anyhow.</returns>
    public async Task<Delivery?> ReplayAsync(Guid id, Actor actor, CancellationToken cancellationToken) =>
        (await database.QueryAsync(
            Replay, Read, cancellationToken, id, actor.Name, actor.Caller?.ToIPAddress(), "alert.replay"))
            .SingleOrDefault();

    private const string Find = $"SELECT {Columns} FROM webhook_outbox AS o WHERE o.id = $1";

    public async Task<Delivery?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        (await database.QueryAsync(Find, Read, cancellationToken, id)).SingleOrDefault();

    private const string List = $"""
        SELECT {Columns} FROM webhook_outbox AS o
         WHERE ($1::text IS NULL OR o.state = $1)
           AND ($2::timestamptz IS NULL OR (o.created_at, o.id) < ($2, $3::uuid))
         ORDER BY o.created_at DESC, o.id DESC LIMIT $4
        """;

    /// <summary>The alerts in a state, or all, the newest first.</summary>
    public Task<IReadOnlyList<Delivery>> ListAsync(
        string? state, InterceptPosition? after, int limit, CancellationToken cancellationToken) =>
        database.QueryAsync(
            List, Read, cancellationToken, state, after?.OccurredAt.UtcDateTime, after?.Id, limit);

    private static Delivery Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetFieldValue<DateTimeOffset>(1),
        row.GetString(2),
        row.GetInt32(3),
        row.GetString(2) == "pending" ? row.GetFieldValue<DateTimeOffset>(4) : null,
        row.IsDBNull(5) ? null : row.GetFieldValue<DateTimeOffset>(5),
        row.IsDBNull(6) ? null : row.GetInt32(6),
        row.IsDBNull(7) ? null : row.GetString(7),
        row.IsDBNull(8) ? null : row.GetFieldValue<DateTimeOffset>(8),
        JsonSerializer.Deserialize<AlertEvent>(row.GetString(9), JsonSerializerOptions.Web)!);
}

/// <summary>What became of an attempt to deliver an alert.</summary>
/// <param name="State">The state that the alert is in now.</param>
/// <param name="Status">The HTTP status of the answer.</param>
/// <param name="Error">What was wrong.</param>
/// <param name="Pause">How long to wait before the next attempt, if there is one.</param>
public sealed record AttemptResult(string State, int? Status, string? Error, TimeSpan Pause);
