using Npgsql;
using Sentinel.Core.Contracts;
using Sentinel.Core.Operators;
using Sentinel.Core.Trail;

namespace Sentinel.Storage.Postgres;

/// <summary>
/// What is changed about operators. Each method returns the operator as he is now, or null if nothing was changed. All
/// throw <see cref="StoreUnavailableException"/> in an outage.
/// </summary>
public sealed class UserChanges(NpgsqlDataSource database)
{
    private Actor _actor = Actor.Sentinel;

    /// <summary>The same changes, made by somebody and noted in the audit as such.</summary>
    public UserChanges By(Actor actor) => new(database) { _actor = actor };

    private const string Create = """
        INSERT INTO admin_users AS u (username, password_hash, role) VALUES ($1, $2, $3)
        ON CONFLICT (lower(username)) DO NOTHING
        RETURNING u.*
        """;

    /// <summary>Adds an operator, unless the name is taken.</summary>
    public Task<UserItem?> CreateAsync(
        string username, string passwordHash, Role role, CancellationToken cancellationToken) =>
        ChangeAsync("user.create", Create, cancellationToken, username, passwordHash, Roles.NameOf(role));

    private const string Change = """
        UPDATE admin_users AS u
           SET role = coalesce($2, u.role), is_disabled = coalesce($3, u.is_disabled),
               password_hash = coalesce($4, u.password_hash)
         WHERE u.id = $1
           AND (coalesce($2, u.role) = 'admin' AND NOT coalesce($3, u.is_disabled)
                OR EXISTS (SELECT FROM admins WHERE admins.id <> $1))
        RETURNING u.*
        """;

    /// <summary>Changes what is not null and ends the operator's sessions. The last admin stays one.</summary>
    public Task<UserItem?> ChangeAsync(
        Guid id, Role? role, bool? isDisabled, string? passwordHash, CancellationToken cancellationToken) =>
        ChangeAsync(
            "user.change",
            Change,
            cancellationToken,
            id,
            role is { } given ? Roles.NameOf(given) : null,
            isDisabled,
            passwordHash);

    private const string Remove = """
        DELETE FROM admin_users AS u
         WHERE u.id = $1 AND EXISTS (SELECT FROM admins WHERE admins.id <> $1)
        RETURNING u.*
        """;

    /// <summary>Removes an operator with his sessions and tokens. The last admin stays.</summary>
    public Task<UserItem?> RemoveAsync(Guid id, CancellationToken cancellationToken) =>
        ChangeAsync("user.remove", Remove, cancellationToken, id);

    private const string SetPassword = """
        UPDATE admin_users AS u SET password_hash = $3 WHERE u.id = $1 AND u.password_hash = $2 RETURNING u.*
        """;

    /// <summary>Changes a password, unless it is another one by now, and ends all sessions but this one.</summary>
    public Task<UserItem?> SetPasswordAsync(
        AdminUser user, string passwordHash, Guid session, CancellationToken cancellationToken) =>
        ChangeAsync(
            "user.password", SetPassword, cancellationToken, user.Id, user.PasswordHash, passwordHash, session);

    private const string Unlock = """
        UPDATE admin_users AS u SET unlocked_at = now() WHERE lower(u.username) = lower($1) RETURNING u.*
        """;

    /// <summary>Lets failures until now count no longer.</summary>
    public Task<UserItem?> UnlockAsync(string username, CancellationToken cancellationToken) =>
        ChangeAsync("user.unlock", Unlock, cancellationToken, username);

    private const string SetBuiltIn = """
        INSERT INTO admin_users AS u (username, password_hash, role, is_built_in) VALUES ($1, $2, 'admin', true)
        ON CONFLICT (lower(username)) DO UPDATE SET
            password_hash = excluded.password_hash, role = 'admin', is_disabled = false, is_built_in = true
        RETURNING u.*
        """;

    /// <summary>Makes this one the built-in admin, with this password. One of another name is removed.</summary>
    public Task<UserItem?> SetBuiltInAsync(
        string username, string passwordHash, CancellationToken cancellationToken) =>
        ChangeAsync("user.builtin", SetBuiltIn, cancellationToken, username, passwordHash);

    // One statement, so that no change is ever there without its note. Admins are locked in one order: of two who
    // remove each other the second finds himself the last.
    private async Task<UserItem?> ChangeAsync(
        string action, string change, CancellationToken cancellationToken, params object?[] values)
    {
        var (actor, caller, what) = (values.Length + 1, values.Length + 2, values.Length + 3);
        var sql = $"""
            WITH admins AS MATERIALIZED (
                SELECT id FROM admin_users WHERE role = 'admin' AND NOT is_disabled ORDER BY id FOR UPDATE),
            u AS ({change}),
            ended AS ({EndedBy(action)}),
            noted AS (
                SELECT append_admin_audit(${actor}, ${caller}::inet, ${what}, u.username, jsonb_build_object(
                    'role', u.role, 'isDisabled', u.is_disabled))
                  FROM u)
            SELECT {UserQueries.ItemColumns} FROM u, noted
            """;
        return (await database.QueryAsync(
            sql,
            UserQueries.ReadItem,
            cancellationToken,
            [.. values, _actor.Name, _actor.Caller?.ToIPAddress(), action])).SingleOrDefault();
    }

    /// <summary>What ends with a change: sessions, and the built-in admin that had another name.</summary>
    private static string EndedBy(string action) => action switch
    {
        "user.change" => SessionsOfUser,
        "user.password" => $"{SessionsOfUser} AND s.id <> $4",
        "user.builtin" => $"""
            {SessionsOfUser}),
            renamed AS (DELETE FROM admin_users AS old USING u WHERE old.is_built_in AND old.id <> u.id
            """,
        _ => "SELECT 1",
    };

    private const string SessionsOfUser = "DELETE FROM admin_sessions AS s USING u WHERE s.user_id = u.id";
}
