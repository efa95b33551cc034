using System.Collections.Immutable;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;

namespace Sentinel.Storage.Postgres;

/// <content>The rotation of the secret that names keys.</content>
public sealed partial class BindingStore
{
    // Whoever comes second waits for the row and finds it moved: then nothing is new, and it is returned as it is.
    private const string Move = $"""
        WITH {NamedKey.Names}
        UPDATE bindings AS b
           SET fingerprint = n.fingerprint, secret_id = n.id,
               former_fingerprint = CASE WHEN b.secret_id < n.id THEN n.former ELSE b.former_fingerprint END,
               version = CASE WHEN b.secret_id < n.id THEN nextval('binding_versions') ELSE b.version END
          FROM n
         WHERE b.fingerprint = ANY ($2) AND b.secret_id <= n.id
           AND NOT EXISTS (SELECT FROM bindings AS o WHERE o.fingerprint = n.fingerprint AND o.id <> b.id)
        RETURNING {BindingRow.Columns}
        """;

    /// <summary>
    /// Finds a key that is known under another secret than the one in use, and names it anew, whatever was decided
    /// about it: what was forbidden or put away stays so.
    /// </summary>
    /// <returns>The binding as it is now; null if the key is unknown under all of its names.</returns>
    public Task<Binding?> MoveAsync(ImmutableArray<KeyName> names, CancellationToken cancellationToken) =>
        _database.FindBindingAsync(Move, cancellationToken, NamedKey.Values(names));

    /// <summary>Runs a statement that names a key; what is known under another name stands in its way.</summary>
    private async Task<T> NameAsync<T>(FirstUse use, Func<Task<T?>> statement, CancellationToken cancellationToken)
        where T : class
    {
        var result = await statement();
        if (result is null && use.Names.Length > 1)
        {
            _ = await MoveAsync(use.Names, cancellationToken);
            result = await statement();
        }

        return result ?? throw NamedKey.Refusal();
    }
}
