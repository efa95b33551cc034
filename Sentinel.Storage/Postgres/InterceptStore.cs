using System.Text;
using Npgsql;
using Sentinel.Core.Trail;
using Sentinel.Storage.Pulses;

namespace Sentinel.Storage.Postgres;

/// <summary>Keeps the refusals. Throws <see cref="StoreUnavailableException"/> in an outage.</summary>
public sealed class InterceptStore(NpgsqlDataSource database, StorePulses pulses)
{
    private readonly PostgresTrips _database = new(database, pulses);

    // An array of arrays must be rectangular, so the networks of each row travel as text. The order is that of the
    // knocks that are noted behind it: replicas that write about the same keys wait for each other, never in a circle.
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
         ORDER BY r.fingerprint, r.caller
        ON CONFLICT (occurred_at, id) DO UPDATE SET count = excluded.count WHERE excluded.count > i.count
        """;

    // What an index can hold in any script, so that no client can make a row that cannot be written.
    private const int MaxTextLength = 512;

    /// <summary>
    /// Writes refusals in one batch. Writing one again changes nothing but its count, which only grows. Texts are cut
    /// at 512 characters, and what PostgreSQL cannot keep in them is replaced.
    /// </summary>
    public Task WriteAsync(IReadOnlyList<Intercept> intercepts, CancellationToken cancellationToken)
    {
        T[] Column<T>(Func<Intercept, T> value) => [.. intercepts.Select(value)];

        return _database.ExecuteAsync(
            Write,
            cancellationToken,
            Column(row => row.Id),
            Column(row => row.OccurredAt.UtcDateTime),
            Column(row => row.Reason),
            Column(row => row.Observed),
            Column(row => Storable(row.Hint)),
            Column(row => row.Fingerprint?.ToByteArray()),
            Column(row => row.BindingId),
            Column(row => row.Caller?.ToIPAddress()),
            Column(row => $"{{{string.Join(',', row.Networks)}}}"),
            Column(row => Storable(row.Method)),
            Column(row => Storable(row.Path)),
            Column(row => Storable(row.UserAgent)),
            Column(row => Storable(row.RequestId)),
            Column(row => Storable(row.TraceId)),
            Column(row => Storable(row.Route)),
            Column(row => row.Count));
    }

    private static string Storable(string text)
    {
        var cut = text.AsSpan(0, Math.Min(text.Length, MaxTextLength));
        return cut.ContainsAnyExceptInRange(' ', '~') ? Repaired(cut) : cut.ToString();
    }

    /// <summary>Enumerating the runes already replaces the halves of characters.</summary>
    private static string Repaired(ReadOnlySpan<char> text)
    {
        var repaired = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = repaired.Append(rune.Value == 0 ? Rune.ReplacementChar : rune);
        }

        return repaired.ToString();
    }
}
