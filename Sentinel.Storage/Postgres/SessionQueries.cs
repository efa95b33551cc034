using Npgsql;

namespace Sentinel.Storage.Postgres;

/// <summary>Which tokens were given back. Throws <see cref="StoreUnavailableException"/> in an outage.</summary>
public sealed class SessionQueries(NpgsqlDataSource database)
{
    // Those that expired are refused for that: they need not be kept.
    private const string Revoke = """
        WITH expired AS (DELETE FROM revoked_tokens WHERE expires_at < now())
        INSERT INTO revoked_tokens (id, expires_at) VALUES ($1, $2) ON CONFLICT DO NOTHING
        """;

    /// <summary>Refuses a token from now on.</summary>
    public Task RevokeAsync(Guid token, DateTimeOffset expiresAt, CancellationToken cancellationToken) =>
        database.QueryAsync(Revoke, _ => 0, cancellationToken, token, expiresAt.UtcDateTime);

    private const string Find = "SELECT 1 FROM revoked_tokens WHERE id = $1";

    public async Task<bool> IsRevokedAsync(Guid token, CancellationToken cancellationToken) =>
        (await database.QueryAsync(Find, _ => 0, cancellationToken, token)).Count > 0;
}
