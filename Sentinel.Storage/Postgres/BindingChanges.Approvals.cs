using System.Collections.Immutable;
using Sentinel.Core.Callers;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;

namespace Sentinel.Storage.Postgres;

/// <content>What operators say to those who ask, and what they say before anybody asks.</content>
public sealed partial class BindingChanges
{
    // A contest ends with the first word about it: the other networks were seen, never approved.
    private const string Approve = $"""
        UPDATE bindings AS b
           SET networks = CASE
                   WHEN b.state = 'contested' THEN ARRAY[$2::cidr]
                   WHEN $2::inet <<= ANY (b.networks::inet[]) THEN b.networks
                   ELSE b.networks || $2::cidr END,
               state = 'active', state_before_ban = NULL, version = nextval('binding_versions')
         WHERE b.id = $1 AND b.state IN ('active', 'archived', 'contested')
           AND (b.state = 'contested' OR $2::inet <<= ANY (b.networks::inet[]) OR cardinality(b.networks) < $3)
        RETURNING {BindingRow.Columns}
        """;

    /// <summary>Lets a key come from one more network; an archived or contested one is active from then on.</summary>
    /// <returns>The binding as it is now; null if there is none, it is banned or claimed, or it is full.</returns>
    public Task<Binding?> ApproveAsync(Guid id, Network network, CancellationToken cancellationToken) =>
        ChangeAsync(
            "binding.approve",
            Approve,
            cancellationToken,
            id,
            network.ToIPNetwork(),
            options.CurrentValue.MaxNetworks);

    private const string Refuse = """
        WITH n AS (
            INSERT INTO refused_networks (binding_id, network, refused_by)
            SELECT b.id, $2, $3 FROM bindings AS b WHERE b.id = $1
            ON CONFLICT (binding_id, network) DO UPDATE SET refused_at = now(), refused_by = excluded.refused_by
            RETURNING binding_id, network)
        SELECT append_admin_audit(
                   $3, $4::inet, 'binding.refuse', n.binding_id::text, jsonb_build_object('network', n.network::text))
          FROM n
        """;

    /// <summary>Says no to a network: it does not ask again.</summary>
    /// <returns>Whether there is such a binding.</returns>
    public async Task<bool> RefuseAsync(Guid id, Network network, CancellationToken cancellationToken) =>
        (await database.QueryAsync(
            Refuse,
            _ => 0,
            cancellationToken,
            id,
            network.ToIPNetwork(),
            _actor.Name,
            _actor.Caller?.ToIPAddress())).Count > 0;

    // A claim gives way: whoever is using the key right now is judged by what the operator says.
    private const string Register = $"""
        WITH {NamedKey.Names}
        INSERT INTO bindings AS b (fingerprint, secret_id, former_fingerprint, hint, state, networks, label)
        SELECT n.fingerprint, n.id, n.former, $3, 'active', $4, $5
          FROM n
         WHERE NOT EXISTS (
               SELECT FROM bindings AS o WHERE o.fingerprint = ANY ($2) AND o.fingerprint <> n.fingerprint)
        ON CONFLICT (fingerprint) DO UPDATE SET
            hint = excluded.hint, state = 'active', networks = excluded.networks, label = excluded.label,
            first_used_from = NULL, claim_expires_at = NULL, claim_holders = ARRAY[]::uuid[],
            claim_contended = false, version = nextval('binding_versions')
         WHERE b.state = 'claimed'
        RETURNING {BindingRow.Columns}
        """;

    /// <summary>Binds a key that nobody has used yet.</summary>
    /// <returns>The binding; null if the key has one, under whichever of its names.</returns>
    public Task<Binding?> RegisterAsync(
        ImmutableArray<KeyName> names,
        string hint,
        IReadOnlyList<Network> networks,
        string label,
        CancellationToken cancellationToken) =>
        ChangeAsync(
            "binding.register",
            Register,
            cancellationToken,
            [.. NamedKey.Values(names), hint, networks.Select(network => network.ToIPNetwork()).ToArray(), label]);
}
