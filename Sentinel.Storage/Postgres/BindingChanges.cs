using Microsoft.Extensions.Options;
using Npgsql;
using Sentinel.Core.Callers;
using Sentinel.Core.Decisions;
using Sentinel.Core.Trail;

namespace Sentinel.Storage.Postgres;

/// <summary>
/// What operators change about bindings. Each method returns the binding with the version to ring the bell with, or
/// null if nothing was changed. All throw <see cref="StoreUnavailableException"/> in an outage.
/// </summary>
public sealed partial class BindingChanges(NpgsqlDataSource database, IOptionsMonitor<BindingOptions> options)
{
    private Actor _actor = Actor.Sentinel;

    /// <summary>The same changes, made by somebody and noted in the audit as such.</summary>
    public BindingChanges By(Actor actor) => new(database, options) { _actor = actor };

    private const string Unbind = $"""
        DELETE FROM bindings AS b
         WHERE b.id = $1 AND b.state <> 'banned'
           AND ($2 OR b.state <> 'contested'
                AND NOT EXISTS (SELECT FROM intercept_logs AS l WHERE {RefusedFrom.Elsewhere}))
        RETURNING {BindingRow.RemovedColumns}
        """;

    /// <summary>
    /// Makes a key unknown, so that its next use binds it anew. A ban outlives this. If others were refused for the
    /// key, or contest it, one of them would be the next to use it: then it must be released on purpose.
    /// </summary>
    /// <returns>What was removed, with the version of its removal; null if nothing was.</returns>
    public Task<Binding?> UnbindAsync(Guid id, bool release, CancellationToken cancellationToken) =>
        ChangeAsync(release ? "binding.release" : "binding.unbind", Unbind, cancellationToken, id, release);

    private const string Rebind = $"""
        UPDATE bindings AS b
           SET state = 'active', networks = $2, state_before_ban = NULL, claim_expires_at = NULL,
               claim_holders = ARRAY[]::uuid[], claim_contended = false, version = nextval('binding_versions')
         WHERE b.id = $1 AND b.state <> 'banned'
        RETURNING {BindingRow.Columns}
        """;

    /// <summary>Binds a key to other networks. A ban outlives this.</summary>
    /// <returns>The binding as it is now; null if there is none or it is banned.</returns>
    public Task<Binding?> RebindAsync(
        Guid id, IReadOnlyList<Network> networks, CancellationToken cancellationToken) =>
        ChangeAsync(
            "binding.rebind",
            Rebind,
            cancellationToken,
            id,
            networks.Select(network => network.ToIPNetwork()).ToArray());

    // To say from where a contested key may come is to decide the contest. Beyond the cap a binding may only lose some.
    private const string SetNetworks = $"""
        UPDATE bindings AS b
           SET networks = $2, version = nextval('binding_versions'),
               state = CASE b.state WHEN 'contested' THEN 'active' ELSE b.state END,
               state_before_ban = nullif(b.state_before_ban, 'contested')
         WHERE b.id = $1 AND b.state <> 'claimed'
           AND cardinality($2) <= greatest($3, cardinality(b.networks))
        RETURNING {BindingRow.Columns}
        """;

    /// <summary>Changes from where a key may come; a contested one is active from then on.</summary>
    /// <returns>
    /// The binding as it is now; null if there is none, it is still a claim, or it would have too many networks.
    /// </returns>
    public Task<Binding?> SetNetworksAsync(
        Guid id, IReadOnlyList<Network> networks, CancellationToken cancellationToken) =>
        ChangeAsync(
            "binding.networks",
            SetNetworks,
            cancellationToken,
            id,
            networks.Select(network => network.ToIPNetwork()).ToArray(),
            options.CurrentValue.MaxNetworks);

    private const string SetLabel =
        $"UPDATE bindings AS b SET label = $2 WHERE b.id = $1 RETURNING {BindingRow.Columns}";

    /// <summary>Notes what an operator calls a key. The gate does not see labels, so the version stays.</summary>
    /// <returns>The binding; null if there is none.</returns>
    public Task<Binding?> SetLabelAsync(Guid id, string label, CancellationToken cancellationToken) =>
        ChangeAsync("binding.label", SetLabel, cancellationToken, id, label);

    private const string SetState = $"""
        UPDATE bindings AS b
           SET state = CASE WHEN $3 <> 'banned' THEN coalesce(b.state_before_ban, $3) ELSE $3 END,
               state_before_ban = CASE
                   WHEN $3 <> 'banned' THEN NULL
                   WHEN b.state IN ('archived', 'contested') THEN b.state
                   ELSE b.state_before_ban END,
               claim_expires_at = NULL, claim_holders = ARRAY[]::uuid[], claim_contended = false,
               version = nextval('binding_versions')
         WHERE b.id = $1 AND b.state = ANY ($2)
        RETURNING {BindingRow.Columns}
        """;

    /// <summary>
    /// Moves a binding to another state, if it is in one of those that may be left for it. Out of a ban it goes back to
    /// where it was archived or contested.
    /// </summary>
    /// <returns>The binding as it is now; null if there is none in such a state.</returns>
    public Task<Binding?> SetStateAsync(
        Guid id, IEnumerable<BindingState> from, BindingState to, CancellationToken cancellationToken) =>
        ChangeAsync(
            $"binding.{BindingRow.Name(to)}",
            SetState,
            cancellationToken,
            id,
            from.Select(BindingRow.Name).ToArray(),
            BindingRow.Name(to));

    // One statement, so that no change is ever there without its note, nor a note without its change.
    private Task<Binding?> ChangeAsync(
        string action, string change, CancellationToken cancellationToken, params object[] values)
    {
        var (actor, caller, what) = (values.Length + 1, values.Length + 2, values.Length + 3);
        var sql = $"""
            WITH b AS ({change}),
            noted AS (
                SELECT append_admin_audit(${actor}, ${caller}::inet, ${what}, b.id::text, jsonb_build_object(
                    'hint', b.hint, 'state', b.state, 'networks', b.networks::text[], 'version', b.version))
                  FROM b)
            SELECT {BindingRow.Columns} FROM b, noted
            """;
        return database.FindBindingAsync(
            sql,
            cancellationToken,
            [.. values, _actor.Name, _actor.Caller?.ToIPAddress() ?? (object)DBNull.Value, action]);
    }
}
