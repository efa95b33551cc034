using Sentinel.Core.Callers;
using Sentinel.Core.Decisions;

namespace Sentinel.Storage.Postgres;

/// <content>What the gate itself changes about bindings, by what it sees.</content>
public sealed partial class BindingChanges
{
    // The networks of a contested key are those from which it was seen. Beyond the cap it is only contested.
    private const string Contest = $"""
        UPDATE bindings AS b
           SET state = 'contested', version = nextval('binding_versions'),
               networks = CASE WHEN cardinality(b.networks) < $3 THEN b.networks || $2::cidr ELSE b.networks END
         WHERE b.id = $1 AND NOT $2::inet <<= ANY (b.networks::inet[])
           AND (b.state = 'active' OR b.state = 'contested' AND cardinality(b.networks) < $3)
        RETURNING {BindingRow.Columns}
        """;

    /// <summary>
    /// Notes that a key was seen from one more network while observing: an operator has to say whose it is.
    /// </summary>
    /// <returns>The binding as it is now; null if nothing was changed.</returns>
    public Task<Binding?> ContestAsync(Guid id, Network network, CancellationToken cancellationToken) =>
        ChangeAsync(
            "binding.contested",
            Contest,
            cancellationToken,
            id,
            network.ToIPNetwork(),
            options.CurrentValue.MaxNetworks);
}
