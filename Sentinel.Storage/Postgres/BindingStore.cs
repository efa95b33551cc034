using Npgsql;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;
using Sentinel.Storage.Pulses;

namespace Sentinel.Storage.Postgres;

/// <summary>
/// What the gate asks and tells about bindings. Each method is one statement, and leases are measured by PostgreSQL's
/// clock, so that any number of replicas may call at once. All throw <see cref="StoreUnavailableException"/> in an
/// outage.
/// </summary>
public sealed partial class BindingStore(NpgsqlDataSource database, StorePulses pulses)
{
    private readonly PostgresTrips _database = new(database, pulses);

    private const string Find =
        $"SELECT {BindingRow.Columns} FROM bindings AS b WHERE b.fingerprint = $1 OR b.former_fingerprint = $1";

    /// <summary>
    /// The row of a key, or null; under the name by which it was asked for. A claim found here says nothing about its
    /// lease: claim to learn.
    /// </summary>
    public async Task<Binding?> FindAsync(KeyFingerprint fingerprint, CancellationToken cancellationToken)
    {
        var found = await _database.FindBindingAsync(Find, cancellationToken, fingerprint.ToByteArray());
        return found is null || found.Fingerprint == fingerprint
            ? found
            : found with { Fingerprint = fingerprint, Alias = found.Fingerprint };
    }

    private const string FindMany = $"""
        SELECT {BindingRow.Columns} FROM bindings AS b
         WHERE (b.fingerprint = ANY ($1) OR b.former_fingerprint = ANY ($1)) AND b.state <> 'claimed'
        """;

    /// <summary>The bindings of some keys, without claims, by whichever of their names.</summary>
    public Task<IReadOnlyList<Binding>> FindManyAsync(
        IReadOnlyList<KeyFingerprint> fingerprints, CancellationToken cancellationToken) =>
        _database.QueryAsync(
            FindMany,
            BindingRow.Read,
            cancellationToken,
            (object)fingerprints.Select(fingerprint => fingerprint.ToByteArray()).ToArray());

    private const string List = $"""
        SELECT {BindingRow.Columns} FROM bindings AS b
         WHERE b.state <> 'claimed' ORDER BY b.last_used_at DESC NULLS LAST, b.id LIMIT $1
        """;

    /// <summary>The last used bindings, without claims.</summary>
    public Task<IReadOnlyList<Binding>> ListAsync(int limit, CancellationToken cancellationToken) =>
        _database.QueryAsync(List, BindingRow.Read, cancellationToken, limit);

    // Rows are locked in one order, so that two replicas never wait for each other.
    private const string Touch = """
        WITH used AS (SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::inet[]) AS used (id, at, caller)),
        locked AS MATERIALIZED (
            SELECT id FROM bindings WHERE id IN (SELECT id FROM used) ORDER BY id FOR NO KEY UPDATE)
        UPDATE bindings AS b
           SET last_used_at = used.at, last_used_from = used.caller,
               earlier_uses = CASE
                   WHEN b.last_used_from IS NULL OR b.last_used_from = used.caller THEN b.earlier_uses
                   ELSE (SELECT jsonb_agg(
                                    jsonb_build_object('address', e.address, 'lastSeenAt', e.at) ORDER BY e.at DESC)
                           FROM (SELECT host(b.last_used_from) AS address, b.last_used_at AS at
                                  UNION ALL
                                 SELECT u.use ->> 'address', (u.use ->> 'lastSeenAt')::timestamptz
                                   FROM jsonb_array_elements(b.earlier_uses) AS u (use)
                                  WHERE u.use ->> 'address' NOT IN (host(b.last_used_from), host(used.caller))
                                  ORDER BY at DESC LIMIT 9) AS e) END
          FROM used, locked
         WHERE b.id = used.id AND b.id = locked.id AND (b.last_used_at IS NULL OR b.last_used_at < used.at)
        """;

    /// <summary>
    /// Notes when and from where keys were last used, one entry for each. An older one changes nothing. The nine
    /// addresses before the last one are remembered too.
    /// </summary>
    public Task TouchAsync(IReadOnlyList<LastUse> uses, CancellationToken cancellationToken) =>
        _database.ExecuteAsync(
            Touch,
            cancellationToken,
            uses.Select(use => use.BindingId).ToArray(),
            uses.Select(use => use.At.UtcDateTime).ToArray(),
            uses.Select(use => use.Caller.ToIPAddress()).ToArray());
}
