using System.Net;
using Npgsql;
using Sentinel.Core.Callers;
using Sentinel.Core.Contracts;

namespace Sentinel.Storage.Postgres;

/// <summary>
/// Who waits for an operator's word. Throws <see cref="StoreUnavailableException"/> in an outage.
/// </summary>
public sealed class ApprovalQueries(NpgsqlDataSource database)
{
    // A contested key was seen from its networks, whatever is still on record of that. Each key is looked up by itself
    // (OFFSET 0): however few the knocks are, a plan over all keys would be the wrong one.
    private const string List = """
        WITH asked AS (
            SELECT b.id, k.count, k.last_at AS last, k.request_id AS request,
                   network(set_masklen(k.caller, CASE family(k.caller) WHEN 4 THEN $1 ELSE $2 END))::cidr AS network
              FROM knocks AS k CROSS JOIN LATERAL (
                   SELECT id, state, networks FROM bindings
                    WHERE fingerprint = k.fingerprint OR former_fingerprint = k.fingerprint OFFSET 0) AS b
             WHERE k.last_at > now() - interval '30 days'
               AND (b.state = 'contested'
                OR b.state IN ('active', 'archived') AND NOT k.caller <<= ANY (b.networks::inet[]))
            UNION ALL
            SELECT c.id, 0, NULL, NULL, unnest(c.networks)
              FROM (SELECT id, networks FROM bindings WHERE state = 'contested'
                     ORDER BY created_at DESC LIMIT 200) AS c),
        waiting AS (
            SELECT a.id, a.network, sum(a.count)::bigint AS count, max(a.last) AS last,
                   (array_agg(a.request ORDER BY a.last DESC NULLS LAST))[1] AS request
              FROM asked AS a
             WHERE NOT EXISTS (
                   SELECT FROM refused_networks AS r WHERE r.binding_id = a.id AND r.network >>= a.network)
             GROUP BY a.id, a.network)
        SELECT b.id, b.hint, b.label, b.state, b.networks, w.network, w.count, w.last, w.request
          FROM waiting AS w JOIN bindings AS b ON b.id = w.id
         ORDER BY b.state = 'contested' DESC, b.state = 'archived' DESC, w.last DESC NULLS LAST, b.id, w.network
         LIMIT 200
        """;

    /// <summary>Who waits, by network as a first use would bind it.</summary>
    public Task<IReadOnlyList<ApprovalItem>> ListAsync(
        int ipv4Prefix, int ipv6Prefix, CancellationToken cancellationToken) =>
        database.QueryAsync(List, Read, cancellationToken, ipv4Prefix, ipv6Prefix);

    // The name that a refusal has may be older than the two that a binding has; its binding is the same.
    private const string Find = """
        SELECT b.id, l.caller
          FROM intercept_logs AS l LEFT JOIN bindings AS b
            ON b.id = l.binding_id OR b.fingerprint = l.fingerprint OR b.former_fingerprint = l.fingerprint
         WHERE l.request_id = $1 AND l.caller IS NOT NULL AND l.reason IN ('address_mismatch', 'approval_required')
         ORDER BY l.occurred_at DESC LIMIT 1
        """;

    /// <summary>Whose request was refused for its address, and where it came from.</summary>
    public async Task<RefusedRequest?> FindAsync(string requestId, CancellationToken cancellationToken) =>
        (await database.QueryAsync(
            Find,
            row => new RefusedRequest(
                row.IsDBNull(0) ? null : row.GetGuid(0), ClientAddress.From(row.GetFieldValue<IPAddress>(1))),
            cancellationToken,
            requestId)).SingleOrDefault();

    private static ApprovalItem Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetString(1),
        row.GetString(2) is { Length: > 0 } label ? label : null,
        row.GetString(3),
        row.GetNetworks(4),
        Network.From(row.GetFieldValue<IPNetwork>(5)).ToString(),
        row.GetFieldValue<long>(6),
        row.IsDBNull(7) ? null : row.GetFieldValue<DateTimeOffset>(7),
        row.IsDBNull(8) ? null : row.GetString(8));
}

/// <summary>A request that was refused for its address.</summary>
/// <param name="BindingId">The binding of its key; null if it has none any more.</param>
/// <param name="Caller">Where it came from.</param>
public sealed record RefusedRequest(Guid? BindingId, ClientAddress Caller);
