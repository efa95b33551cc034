using System.Text.Json;
using Npgsql;
using Sentinel.Core.Contracts;

namespace Sentinel.Storage.Postgres;

/// <summary>What an auditor asks. Throws <see cref="StoreUnavailableException"/> in an outage.</summary>
public sealed class AuditQueries(NpgsqlDataSource database)
{
    private const string List = """
        SELECT id, occurred_at, actor, caller, action, target, details FROM admin_audit
         WHERE ($1::bigint IS NULL OR id < $1)
           AND ($2::text IS NULL OR actor = $2)
           AND ($3::text IS NULL OR action = $3)
         ORDER BY id DESC LIMIT $4
        """;

    /// <summary>The changes that match, the newest first.</summary>
    public Task<IReadOnlyList<AuditEntry>> ListAsync(
        long? before, string? actor, string? action, int limit, CancellationToken cancellationToken) =>
        database.QueryAsync(List, Read, cancellationToken, before, actor, action, limit);

    private const string Verify = """
        SELECT count(*), min(id) FILTER (WHERE is_broken), (SELECT hash FROM admin_audit ORDER BY id DESC LIMIT 1)
          FROM (
            SELECT a.id,
                   a.id <> row_number() OVER chain OR a.hash <> admin_audit_hash(lag(a.hash) OVER chain, a) AS is_broken
              FROM admin_audit AS a WINDOW chain AS (ORDER BY a.id)) AS entries
        """;

    /// <summary>Computes the whole chain anew.</summary>
    public async Task<AuditVerdict> VerifyAsync(CancellationToken cancellationToken) =>
        (await database.QueryAsync(
            Verify,
            row => new AuditVerdict(
                row.IsDBNull(1),
                row.GetInt64(0),
                row.IsDBNull(1) ? null : row.GetInt64(1),
                row.IsDBNull(2) ? null : Convert.ToHexStringLower(row.GetFieldValue<byte[]>(2))),
            cancellationToken))[0];

    private static AuditEntry Read(NpgsqlDataReader row) => new(
        row.GetInt64(0),
        row.GetFieldValue<DateTimeOffset>(1),
        row.GetString(2),
        row.GetAddress(3),
        row.GetString(4),
        row.GetString(5),
        JsonSerializer.Deserialize<JsonElement>(row.GetString(6)));
}
