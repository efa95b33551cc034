using System.Collections.Immutable;
using Sentinel.Core.Credentials;

namespace Sentinel.Storage.Postgres;

/// <summary>
/// What a key is called in rows, in SQL: said once, asked in every statement that names one. Which secret is in use is
/// read by the statement itself. A program that lacks that secret, or one under which keys may still be known, names
/// no key: it could take a known one for an unknown one.
/// </summary>
internal static class NamedKey
{
    /// <summary>The row <c>n</c> of the key whose names are <c>$1</c> (ids of secrets) and <c>$2</c>.</summary>
    public const string Names = """
        names AS (
            SELECT k.id, k.fingerprint, lag(k.fingerprint) OVER (ORDER BY k.id) AS former
              FROM unnest($1::smallint[], $2::bytea[]) AS k (id, fingerprint)),
        n AS (
            SELECT used.id, names.fingerprint, names.former
              FROM names, (SELECT coalesce(max(s.id), 1::smallint) AS id FROM hmac_secrets AS s) AS used
             WHERE names.id = 0 OR names.id = used.id
               AND NOT EXISTS (SELECT FROM hmac_secrets AS s WHERE s.id <> ALL ($1)))
        """;

    /// <summary>The parameters <c>$1</c> and <c>$2</c>.</summary>
    public static object[] Values(ImmutableArray<KeyName> names) =>
    [
        names.Select(name => name.SecretId).ToArray(),
        names.Select(name => name.Fingerprint.ToByteArray()).ToArray(),
    ];

    /// <summary>Why there was no such row.</summary>
    public static StoreUnavailableException Refusal() => new(new InvalidOperationException(
        "keys are named under a secret that SENTINEL_HMAC_SECRETS_ACCEPTED lacks."));
}
