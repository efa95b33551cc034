using Npgsql;
using Sentinel.Core.Contracts;

namespace Sentinel.Storage.Postgres;

/// <summary>
/// What an operator asks about refusals. Throws <see cref="StoreUnavailableException"/> in an outage.
/// </summary>
public sealed class InterceptQueries(NpgsqlDataSource database)
{
    // A filter that is not asked for is a constant to the planner, which then leaves it out.
    private const string List = """
        SELECT l.id, l.occurred_at, l.reason, l.hint, l.binding_id, l.caller, l.networks,
               l.method, l.path, l.user_agent, l.request_id, l.trace_id, l.count, l.observed
          FROM intercept_logs AS l
         WHERE ($1::timestamptz IS NULL OR l.occurred_at >= $1)
           AND ($2::timestamptz IS NULL OR l.occurred_at < $2)
           AND ($3::text IS NULL OR l.reason = $3)
           AND ($4::cidr IS NULL OR l.caller <<= $4::inet)
           AND ($5::text IS NULL OR l.hint ILIKE $6 OR l.request_id = $5 OR l.trace_id = $5)
           AND ($7::uuid IS NULL OR l.binding_id = $7)
           AND ($8::timestamptz IS NULL OR (l.occurred_at, l.id) < ($8, $9::uuid))
         ORDER BY l.occurred_at DESC, l.id DESC
         LIMIT $10
        """;

    /// <summary>The refusals that match, the newest first.</summary>
    public Task<IReadOnlyList<LogEntry>> ListAsync(InterceptFilter filter, CancellationToken cancellationToken) =>
        database.QueryAsync(
            List,
            Read,
            cancellationToken,
            filter.From?.UtcDateTime,
            filter.To?.UtcDateTime,
            filter.Reason,
            filter.Network?.ToIPNetwork(),
            filter.Text,
            filter.Text is null ? null : Like.Containing(filter.Text),
            filter.BindingId,
            filter.After?.OccurredAt.UtcDateTime,
            filter.After?.Id,
            filter.Limit);

    private const string TopReasons = """
        SELECT reason, sum(count) FROM intercept_logs WHERE occurred_at > now() - interval '1 day'
         GROUP BY reason ORDER BY sum(count) DESC, reason LIMIT $1
        """;

    /// <summary>The most frequent reasons of the last 24 hours.</summary>
    public Task<IReadOnlyList<ReasonCount>> TopReasonsAsync(int limit, CancellationToken cancellationToken) =>
        database.QueryAsync(
            TopReasons, row => new ReasonCount(row.GetString(0), row.GetInt64(1)), cancellationToken, limit);

    private const string TopCallers = """
        SELECT caller, sum(count) FROM intercept_logs
         WHERE occurred_at > now() - interval '1 day' AND caller IS NOT NULL
         GROUP BY caller ORDER BY sum(count) DESC, caller LIMIT $1
        """;

    /// <summary>The addresses with the most refusals within the last 24 hours.</summary>
    public Task<IReadOnlyList<CallerCount>> TopCallersAsync(int limit, CancellationToken cancellationToken) =>
        database.QueryAsync(
            TopCallers, row => new CallerCount(row.GetAddress(0)!, row.GetInt64(1)), cancellationToken, limit);

    private const string TopKeys = """
        SELECT binding_id, max(hint), sum(count) FROM intercept_logs
         WHERE occurred_at > now() - interval '1 day' AND fingerprint IS NOT NULL
         GROUP BY fingerprint, binding_id ORDER BY sum(count) DESC, max(hint) LIMIT $1
        """;

    /// <summary>The keys with the most refusals within the last 24 hours.</summary>
    public Task<IReadOnlyList<KeyCount>> TopKeysAsync(int limit, CancellationToken cancellationToken) =>
        database.QueryAsync(
            TopKeys,
            row => new KeyCount(row.IsDBNull(0) ? null : row.GetGuid(0), row.GetString(1), row.GetInt64(2)),
            cancellationToken,
            limit);

    private static LogEntry Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetFieldValue<DateTimeOffset>(1),
        row.GetString(2),
        row.GetString(3),
        row.IsDBNull(4) ? null : row.GetGuid(4),
        row.GetAddress(5),
        row.GetNetworks(6),
        row.GetString(7),
        row.GetString(8),
        row.GetString(9),
        row.GetString(10),
        row.GetString(11),
        row.GetInt32(12),
        row.GetBoolean(13));
}
