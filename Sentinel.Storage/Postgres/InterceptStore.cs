using Npgsql;
using Sentinel.Core.Trail;

namespace Sentinel.Storage.Postgres;

/// <summary>Keeps the refusals. Throws <see cref="StoreUnavailableException"/> in an outage.</summary>
public sealed class InterceptStore(NpgsqlDataSource database)
{
    // An array of arrays must be rectangular, so the networks of each row travel as text.
    private const string Write = """
        INSERT INTO intercept_logs AS i
            (id, occurred_at, reason, observed, hint, fingerprint, binding_id, caller, networks,
             method, path, user_agent, request_id, trace_id, route, count)
        SELECT r.id, r.occurred_at, r.reason, r.observed, r.hint, r.fingerprint, r.binding_id, r.caller,
               r.networks::cidr[], r.method, r.path, r.user_agent, r.request_id, r.trace_id, r.route, r.count
          FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::boolean[], $5::text[], $6::bytea[], $7::uuid[],
                      $8::inet[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[],
                      $15::text[], $16::integer[])
            AS r (id, occurred_at, reason, observed, hint, fingerprint, binding_id, caller, networks,
                  method, path, user_agent, request_id, trace_id, route, count)
        ON CONFLICT (occurred_at, id) DO UPDATE SET count = excluded.count WHERE excluded.count > i.count
        """;

    /// <summary>Writes refusals in one batch. Writing one again changes nothing but its count, which only grows.</summary>
    public async Task WriteAsync(IReadOnlyList<Intercept> intercepts, CancellationToken cancellationToken)
    {
        T[] Column<T>(Func<Intercept, T> value) => [.. intercepts.Select(value)];

        await using var command = database.CreateCommand(
            Write,
            Column(row => row.Id),
            Column(row => row.OccurredAt.UtcDateTime),
            Column(row => row.Reason),
            Column(row => row.Observed),
            Column(row => row.Hint),
            Column(row => row.Fingerprint?.ToByteArray()),
            Column(row => row.BindingId),
            Column(row => row.Caller?.ToIPAddress()),
            Column(row => $"{{{string.Join(',', row.Networks)}}}"),
            Column(row => row.Method),
            Column(row => row.Path),
            Column(row => row.UserAgent),
            Column(row => row.RequestId),
            Column(row => row.TraceId),
            Column(row => row.Route),
            Column(row => row.Count));
        _ = await command.ExecuteNonQueryAsync(cancellationToken).OrUnavailable();
    }
}
