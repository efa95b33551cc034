using Npgsql;
using Sentinel.Core.Decisions;

namespace Sentinel.Storage.Postgres;

/// <summary>
/// What operators change about bindings. Each method returns the binding with the version to ring the bell with, or null
/// if nothing was changed. All throw <see cref="StoreUnavailableException"/> in an outage.
/// </summary>
public sealed class BindingChanges(NpgsqlDataSource database)
{
    private const string Unbind = $"""
        DELETE FROM bindings AS b WHERE b.id = $1 AND b.state <> 'banned'
        RETURNING {BindingRow.RemovedColumns}
        """;

    /// <summary>Makes a key unknown, so that its next use binds it anew. A ban outlives this.</summary>
    /// <returns>What was removed, with the version of its removal; null if there is none or it is banned.</returns>
    public Task<Binding?> UnbindAsync(Guid id, CancellationToken cancellationToken) =>
        database.FindBindingAsync(Unbind, cancellationToken, id);

    private const string SetState = $"""
        UPDATE bindings AS b
           SET state = $3, claim_expires_at = NULL, claim_holders = ARRAY[]::uuid[], claim_contended = false,
               version = nextval('binding_versions')
         WHERE b.id = $1 AND b.state = ANY ($2)
        RETURNING {BindingRow.Columns}
        """;

    /// <summary>Moves a binding to another state, if it is in one of those that may be left for it.</summary>
    /// <returns>The binding as it is now; null if there is none in such a state.</returns>
    public Task<Binding?> SetStateAsync(
        Guid id, IEnumerable<BindingState> from, BindingState to, CancellationToken cancellationToken) =>
        database.FindBindingAsync(
            SetState, cancellationToken, id, from.Select(BindingRow.Name).ToArray(), BindingRow.Name(to));
}
