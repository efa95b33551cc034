using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;

namespace Sentinel.Storage.Postgres;

/// <content>The first use of a key: a claim, which downstream's answer makes a binding or undoes.</content>
public sealed partial class BindingStore
{
    // What is settled stays; a lapsed claim is taken over, and what is archived where that is the rule; the same
    // network joins (and prolongs the lease unless another waits); another network only leaves word that it waits.
    private const string Claim = $"""
        WITH {NamedKey.Names}
        INSERT INTO bindings AS b
            (fingerprint, secret_id, former_fingerprint, hint, state, networks, first_used_from, claim_expires_at,
             claim_holders)
        SELECT n.fingerprint, n.id, n.former, $3, 'claimed', ARRAY[$4::cidr], $5, now() + $6, ARRAY[$7::uuid]
          FROM n
         WHERE NOT EXISTS (
               SELECT FROM bindings AS o WHERE o.fingerprint = ANY ($2) AND o.fingerprint <> n.fingerprint)
        ON CONFLICT (fingerprint) DO UPDATE SET
            (state, networks, first_used_from, claim_expires_at, claim_holders, claim_contended, version) = (
            SELECT b.state, b.networks, b.first_used_from, b.claim_expires_at, b.claim_holders, b.claim_contended,
                   b.version
             WHERE b.state <> 'claimed' AND NOT (b.state = 'archived' AND $8)
            UNION ALL
            SELECT 'claimed', excluded.networks, excluded.first_used_from, excluded.claim_expires_at,
                   excluded.claim_holders, false, nextval('binding_versions')
             WHERE b.state = 'claimed' AND b.claim_expires_at <= now() OR b.state = 'archived' AND $8
            UNION ALL
            SELECT b.state, b.networks, b.first_used_from,
                   CASE WHEN b.claim_contended THEN b.claim_expires_at ELSE excluded.claim_expires_at END,
                   array_remove(b.claim_holders, $7) || excluded.claim_holders, b.claim_contended, b.version
             WHERE b.state = 'claimed' AND b.claim_expires_at > now() AND b.networks = excluded.networks
            UNION ALL
            SELECT b.state, b.networks, b.first_used_from, b.claim_expires_at, b.claim_holders, true, b.version
             WHERE b.state = 'claimed' AND b.claim_expires_at > now() AND b.networks <> excluded.networks)
        RETURNING {BindingRow.Columns}, b.state = 'claimed' AND $7 = ANY (b.claim_holders),
                  cardinality(b.claim_holders) > 1
        """;

    /// <summary>
    /// Settles the race for an unknown key: one network holds it for the time of the lease, each other one is told who.
    /// </summary>
    /// <exception cref="StoreUnavailableException">It cannot be settled here and now.</exception>
    public Task<ClaimResult> ClaimAsync(FirstUse use, TimeSpan lease, CancellationToken cancellationToken)
    {
        return NameAsync(use, () => _database.GuardAsync(ClaimAsync), cancellationToken);

        async Task<ClaimResult?> ClaimAsync()
        {
            await using var command = _database.CreateCommand(
                Claim,
                [
                    .. NamedKey.Values(use.Names), use.Hint, use.Network.ToIPNetwork(), use.Caller.ToIPAddress(), lease,
                    use.Holder, use.TakesArchived,
                ]);
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            return !await row.ReadAsync(cancellationToken)
                ? null
                : new ClaimResult(row.GetBoolean(BindingRow.Width), BindingRow.Read(row))
                {
                    HasJoined = row.GetBoolean(BindingRow.Width + 1),
                };
        }
    }

    private const string Renew = """
        UPDATE bindings
           SET claim_expires_at = now() + $3
         WHERE (fingerprint = $1 OR former_fingerprint = $1)
           AND state = 'claimed' AND $2 = ANY (claim_holders) AND NOT claim_contended
        """;

    /// <summary>Prolongs a claim, unless another network waits for it or holds it by now.</summary>
    /// <returns>Whether the lease was prolonged.</returns>
    public async Task<bool> RenewAsync(
        KeyFingerprint fingerprint, Guid holder, TimeSpan lease, CancellationToken cancellationToken) =>
        await _database.ExecuteAsync(Renew, cancellationToken, fingerprint.ToByteArray(), holder, lease) == 1;

    // A claim of this network becomes a binding, even one that has lapsed; whatever else is there stays as it is.
    private const string Promote = $"""
        WITH {NamedKey.Names}
        INSERT INTO bindings AS b
            (fingerprint, secret_id, former_fingerprint, hint, state, networks, first_used_from, last_used_at,
             last_used_from)
        SELECT n.fingerprint, n.id, n.former, $3, 'active', ARRAY[$4::cidr], $5, now(), $5
          FROM n
         WHERE NOT EXISTS (
               SELECT FROM bindings AS o WHERE o.fingerprint = ANY ($2) AND o.fingerprint <> n.fingerprint)
        ON CONFLICT (fingerprint) DO UPDATE SET
            (state, last_used_at, last_used_from, claim_expires_at, claim_holders, claim_contended, version) = (
            SELECT 'active', excluded.last_used_at, excluded.last_used_from, NULL::timestamptz, ARRAY[]::uuid[], false,
                   nextval('binding_versions')
             WHERE b.state = 'claimed' AND b.networks = excluded.networks
            UNION ALL
            SELECT b.state, b.last_used_at, b.last_used_from, b.claim_expires_at, b.claim_holders, b.claim_contended,
                   b.version
             WHERE b.state <> 'claimed' OR b.networks <> excluded.networks)
        RETURNING {BindingRow.Columns}
        """;

    /// <summary>
    /// Makes a claim a binding because downstream accepted the key. Held is false if another network won meanwhile, or
    /// if the key was banned, archived or contested; what is there then is left as it is. Saying it twice is harmless.
    /// </summary>
    public async Task<ClaimResult> PromoteAsync(FirstUse use, CancellationToken cancellationToken)
    {
        object[] values =
            [.. NamedKey.Values(use.Names), use.Hint, use.Network.ToIPNetwork(), use.Caller.ToIPAddress()];
        var current = await NameAsync(
            use, () => _database.FindBindingAsync(Promote, cancellationToken, values), cancellationToken);
        return new ClaimResult(current.State is BindingState.Active && current.Admits(use.Caller), current);
    }

    // The lock comes first: of two last holders that leave at once, one must see that it is the last.
    private const string Withdraw = $"""
        WITH held AS MATERIALIZED (
            SELECT id, cardinality(claim_holders) = 1 AS is_last FROM bindings
             WHERE (fingerprint = $1 OR former_fingerprint = $1)
               AND state = 'claimed' AND $2 = ANY (claim_holders)
               FOR UPDATE),
        remaining AS (
            UPDATE bindings AS b SET claim_holders = array_remove(b.claim_holders, $2)
              FROM held WHERE b.id = held.id AND NOT held.is_last)
        DELETE FROM bindings AS b USING held WHERE b.id = held.id AND held.is_last
        RETURNING {BindingRow.RemovedColumns}
        """;

    /// <summary>
    /// Gives a claim up because downstream did not accept the key. The row goes with its last holder, and never once it
    /// was promoted or taken over.
    /// </summary>
    /// <returns>What was removed, with the version of its removal; null if something is left.</returns>
    public Task<Binding?> WithdrawAsync(KeyFingerprint fingerprint, Guid holder, CancellationToken cancellationToken) =>
        _database.FindBindingAsync(Withdraw, cancellationToken, fingerprint.ToByteArray(), holder);
}
