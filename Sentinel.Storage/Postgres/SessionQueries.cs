using Npgsql;
using Sentinel.Core.Operators;

namespace Sentinel.Storage.Postgres;

/// <summary>Who is signed in. Throws <see cref="StoreUnavailableException"/> in an outage.</summary>
public sealed class SessionQueries(NpgsqlDataSource database)
{
    // Those that expired are refused for that: they need not be kept.
    private const string Open = """
        WITH expired AS (DELETE FROM admin_sessions WHERE expires_at < now()),
        seen AS (UPDATE admin_users SET last_login_at = now() WHERE id = $2)
        INSERT INTO admin_sessions (id, user_id, expires_at) VALUES ($1, $2, $3)
        """;

    /// <summary>Notes that an operator signed in.</summary>
    public Task OpenAsync(
        Guid session, Guid user, DateTimeOffset expiresAt, CancellationToken cancellationToken) =>
        database.QueryAsync(Open, _ => 0, cancellationToken, session, user, expiresAt.UtcDateTime);

    private const string Find = """
        SELECT u.id, u.username, u.role, s.expires_at
          FROM admin_sessions AS s JOIN admin_users AS u ON u.id = s.user_id
         WHERE s.id = $1 AND NOT u.is_disabled
        """;

    /// <summary>Who is behind a session; null if it ended or its operator may not sign in any more.</summary>
    public async Task<SessionUser?> FindAsync(Guid session, CancellationToken cancellationToken) =>
        (await database.QueryAsync(
            Find,
            row => new SessionUser(
                row.GetGuid(0),
                row.GetString(1),
                Roles.Parse(row.GetString(2)),
                row.GetFieldValue<DateTimeOffset>(3)),
            cancellationToken,
            session)).SingleOrDefault();

    private const string End = "DELETE FROM admin_sessions WHERE id = $1";

    public Task EndAsync(Guid session, CancellationToken cancellationToken) =>
        database.QueryAsync(End, _ => 0, cancellationToken, session);
}

/// <summary>Who is behind a session or a token.</summary>
/// <param name="Id">The operator.</param>
/// <param name="Username">The operator's name.</param>
/// <param name="Role">What may be done.</param>
/// <param name="ExpiresAt">Until when.</param>
public sealed record SessionUser(Guid Id, string Username, Role Role, DateTimeOffset ExpiresAt);
