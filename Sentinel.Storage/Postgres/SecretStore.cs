using System.Security.Cryptography;
using Npgsql;
using Sentinel.Core.Credentials;
using Sentinel.Core.Trail;

namespace Sentinel.Storage.Postgres;

/// <summary>
/// Which secrets name keys, and how many bindings are named under each. Throws
/// <see cref="StoreUnavailableException"/> in an outage.
/// </summary>
public sealed class SecretStore(NpgsqlDataSource database)
{
    // Whoever names a key at this moment has ended before the secret is in use: no two first uses under two secrets.
    private const string Lock = """
        SET LOCAL lock_timeout = '2s';
        LOCK TABLE bindings IN SHARE MODE
        """;

    private const string Register = """
        INSERT INTO hmac_secrets AS s (id, proof) VALUES ($1, $2)
        ON CONFLICT (id) DO UPDATE SET proof = excluded.proof WHERE s.proof IS NULL
        """;

    /// <summary>
    /// Takes a program's secret into use, from now on and for all programs, unless it is or a younger one is.
    /// </summary>
    /// <returns>What is wrong with the program's secrets, in a sentence for an operator; null if nothing.</returns>
    /// <exception cref="InvalidOperationException">A secret is not the one that keys are known under.</exception>
    public async Task<string?> RegisterAsync(SecretRing ring, CancellationToken cancellationToken)
    {
        var known = await ListAsync(cancellationToken);
        if (FindWrong(known, ring) is { } wrong)
        {
            throw new InvalidOperationException(wrong);
        }

        if (!known.Any(secret => secret.Id == ring.CurrentId && secret.Proof is not null))
        {
            await TakeAsync(ring.CurrentId, ring.Proofs[ring.CurrentId], cancellationToken).OrUnavailable();
        }

        return FindMissing(known, ring);
    }

    /// <summary>What is wrong with a program's secrets, in a sentence for an operator; null if nothing.</summary>
    public async Task<string?> FindProblemAsync(SecretRing ring, CancellationToken cancellationToken)
    {
        var known = await ListAsync(cancellationToken);
        return FindWrong(known, ring) ?? FindMissing(known, ring);
    }

    private const string List = "SELECT id, proof, used_since FROM hmac_secrets ORDER BY id";

    /// <summary>The secrets under which keys are or may be known, the oldest first.</summary>
    public Task<IReadOnlyList<RegisteredSecret>> ListAsync(CancellationToken cancellationToken) => database.QueryAsync(
        List,
        row => new RegisteredSecret(
            row.GetInt16(0), row.IsDBNull(1) ? null : row.GetFieldValue<byte[]>(1),
            row.GetFieldValue<DateTimeOffset>(2)),
        cancellationToken);

    private const string Count = """
        SELECT s.id, s.used_since, s.id = max(s.id) OVER (), coalesce(b.count, 0), coalesce(b.banned, 0),
               coalesce(b.archived, 0)
          FROM hmac_secrets AS s
          LEFT JOIN (SELECT secret_id, count(*), count(*) FILTER (WHERE state = 'banned') AS banned,
                            count(*) FILTER (WHERE state = 'archived') AS archived
                       FROM bindings WHERE state <> 'claimed' GROUP BY secret_id) AS b ON b.secret_id = s.id
         ORDER BY s.id
        """;

    /// <summary>How many bindings are named under each secret, the oldest first. Looks at every binding.</summary>
    public Task<IReadOnlyList<SecretUse>> CountAsync(CancellationToken cancellationToken) => database.QueryAsync(
        Count,
        row => new SecretUse(
            row.GetInt16(0), row.GetFieldValue<DateTimeOffset>(1), row.GetBoolean(2), row.GetInt64(3),
            row.GetInt64(4), row.GetInt64(5)),
        cancellationToken);

    // The note is made with the change, or neither is: an amnesty is not given unseen.
    private const string Retire = """
        WITH retired AS (
            DELETE FROM hmac_secrets AS s
             WHERE s.id = $1 AND s.id < (SELECT max(o.id) FROM hmac_secrets AS o)
               AND ($2 OR NOT EXISTS (SELECT FROM bindings AS b WHERE b.secret_id = $1 AND b.state <> 'claimed'))
            RETURNING s.id)
        SELECT append_admin_audit($3, $4::inet, 'secret.retire', id::text, jsonb_build_object('force', $2))
          FROM retired
        """;

    /// <summary>Ends the time of a secret that is not in use, if no binding is named under it or by force.</summary>
    /// <returns>Whether it was ended.</returns>
    public async Task<bool> RetireAsync(int id, bool force, Actor actor, CancellationToken cancellationToken) =>
        (await database.QueryAsync(
            Retire, _ => 0, cancellationToken, id, force, actor.Name, actor.Caller?.ToIPAddress())).Count > 0;

    private static string? FindWrong(IReadOnlyList<RegisteredSecret> known, SecretRing ring) => known
        .Where(secret => secret.Proof is { } proof && ring.Proofs.TryGetValue(secret.Id, out var mine)
            && !CryptographicOperations.FixedTimeEquals(proof, mine))
        .Select(secret =>
            $"The HMAC secret {secret.Id} is not the one under which keys are known: every known key would be "
            + "unknown. Set SENTINEL_HMAC_SECRET back, and rotate it with ./sentinel setup --rotate hmac.")
        .FirstOrDefault();

    private static string? FindMissing(IReadOnlyList<RegisteredSecret> known, SecretRing ring)
    {
        var missing = known.Where(secret => !ring.Proofs.ContainsKey(secret.Id)).Select(secret => secret.Id).ToList();
        return missing.Count == 0
            ? null
            : $"Keys are known under the HMAC secret {string.Join(", ", missing)}, which this program lacks: it binds "
                + "no key until SENTINEL_HMAC_SECRETS_ACCEPTED names it or it is retired.";
    }

    private async Task<int> TakeAsync(short id, byte[] proof, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var locking = new NpgsqlCommand(Lock, connection, transaction);
        _ = await locking.ExecuteNonQueryAsync(cancellationToken);
        await using var registering = new NpgsqlCommand(Register, connection, transaction);
        registering.Parameters.Add(new NpgsqlParameter { Value = id });
        registering.Parameters.Add(new NpgsqlParameter { Value = proof });
        var changed = await registering.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return changed;
    }
}

/// <summary>A secret under which keys are or may be known.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Proof">By which it can be told from others; null if nobody has shown it yet.</param>
/// <param name="UsedSince">When it was taken into use.</param>
public sealed record RegisteredSecret(short Id, byte[]? Proof, DateTimeOffset UsedSince);

/// <summary>How many bindings are named under a secret.</summary>
/// <param name="Id">Its number.</param>
/// <param name="UsedSince">When it was taken into use.</param>
/// <param name="IsInUse">Whether new bindings are.</param>
/// <param name="Bindings">How many there are.</param>
/// <param name="Banned">How many of them are banned.</param>
/// <param name="Archived">How many of them are archived.</param>
public sealed record SecretUse(
    short Id, DateTimeOffset UsedSince, bool IsInUse, long Bindings, long Banned, long Archived);
