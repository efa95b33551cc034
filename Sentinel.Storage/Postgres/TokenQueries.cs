using System.Net;
using Npgsql;
using Sentinel.Core.Contracts;
using Sentinel.Core.Operators;
using Sentinel.Core.Trail;

namespace Sentinel.Storage.Postgres;

/// <summary>The tokens of scripts. Throws <see cref="StoreUnavailableException"/> in an outage.</summary>
public sealed class TokenQueries(NpgsqlDataSource database)
{
    private const string Columns = """
        t.id, t.name, u.username, t.role, t.created_at, t.expires_at, t.last_used_at, t.last_used_from
        """;

    private const string List = $"""
        SELECT {Columns} FROM admin_tokens AS t JOIN admin_users AS u ON u.id = t.user_id
         WHERE ($1::uuid IS NULL OR u.id = $1) AND ($2::uuid IS NULL OR t.id = $2)
         ORDER BY lower(u.username), t.name
        """;

    /// <summary>The tokens of an operator, or of all.</summary>
    public Task<IReadOnlyList<TokenItem>> ListAsync(Guid? owner, CancellationToken cancellationToken) =>
        database.QueryAsync(List, Read, cancellationToken, owner, null);

    /// <summary>A token, if it is one of this owner or of whomever if none is given.</summary>
    public async Task<TokenItem?> FindAsync(Guid id, Guid? owner, CancellationToken cancellationToken) =>
        (await database.QueryAsync(List, Read, cancellationToken, owner, id)).SingleOrDefault();

    // Its use is noted once a minute: a script that asks all the time does not write all the time.
    private const string Use = """
        WITH found AS (
            SELECT t.id AS token, t.name, t.role AS scope, t.expires_at, u.id, u.username, u.role
              FROM admin_tokens AS t JOIN admin_users AS u ON u.id = t.user_id
             WHERE t.hash = $1 AND t.expires_at > now() AND NOT u.is_disabled),
        used AS (
            UPDATE admin_tokens AS t SET last_used_at = now(), last_used_from = $2::inet FROM found
             WHERE t.id = found.token
               AND (t.last_used_at IS NULL OR t.last_used_at < now() - interval '1 minute'))
        SELECT id, username, role, expires_at, name, scope FROM found
        """;

    /// <summary>Who is behind a token and what it is called; null if it is not good any more.</summary>
    public async Task<(SessionUser User, string Name)?> UseAsync(
        byte[] hash, IPAddress? caller, CancellationToken cancellationToken)
    {
        var found = await database.QueryAsync(
            Use,
            row => (
                new SessionUser(
                    row.GetGuid(0),
                    row.GetString(1),
                    Weaker(Roles.Parse(row.GetString(2)), Roles.Parse(row.GetString(5))),
                    row.GetFieldValue<DateTimeOffset>(3)),
                row.GetString(4)),
            cancellationToken,
            hash,
            caller);
        return found.Count == 0 ? null : found[0];
    }

    private const string Create = $"""
        WITH t AS (
            INSERT INTO admin_tokens (user_id, name, role, hash, expires_at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (user_id, name) DO NOTHING
            RETURNING *),
        noted AS (
            SELECT append_admin_audit($6, $7::inet, 'token.create', t.name, jsonb_build_object(
                'id', t.id, 'role', t.role, 'expiresAt', t.expires_at))
              FROM t)
        SELECT {Columns} FROM t JOIN admin_users AS u ON u.id = t.user_id, noted
        """;

    /// <summary>Keeps a new token; null if its owner has one of that name.</summary>
    public async Task<TokenItem?> CreateAsync(
        Guid owner,
        NewToken token,
        byte[] hash,
        DateTimeOffset expiresAt,
        Actor actor,
        CancellationToken cancellationToken) =>
        (await database.QueryAsync(
            Create,
            Read,
            cancellationToken,
            owner,
            token.Name,
            token.Role,
            hash,
            expiresAt.UtcDateTime,
            actor.Name,
            actor.Caller?.ToIPAddress())).SingleOrDefault();

    private const string Revoke = """
        WITH t AS (
            DELETE FROM admin_tokens AS t WHERE t.id = $1 AND ($2::uuid IS NULL OR t.user_id = $2) RETURNING t.*)
        SELECT append_admin_audit($3, $4::inet, 'token.revoke', t.name, jsonb_build_object('id', t.id)) FROM t
        """;

    /// <summary>Refuses a token from now on.</summary>
    /// <returns>Whether there was one, of this owner if one is given.</returns>
    public async Task<bool> RevokeAsync(
        Guid id, Guid? owner, Actor actor, CancellationToken cancellationToken) =>
        (await database.QueryAsync(
            Revoke, _ => 0, cancellationToken, id, owner, actor.Name, actor.Caller?.ToIPAddress())).Count > 0;

    private static Role Weaker(Role one, Role other) => one < other ? one : other;

    private static TokenItem Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetString(1),
        row.GetString(2),
        row.GetString(3),
        row.GetFieldValue<DateTimeOffset>(4),
        row.GetFieldValue<DateTimeOffset>(5),
        row.IsDBNull(6) ? null : row.GetFieldValue<DateTimeOffset>(6),
        row.GetAddress(7));
}
