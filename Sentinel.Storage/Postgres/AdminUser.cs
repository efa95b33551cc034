using Npgsql;
using Sentinel.Core.Operators;

namespace Sentinel.Storage.Postgres;

/// <summary>Somebody who may sign in.</summary>
/// <param name="Id">Names the operator.</param>
/// <param name="Username">The name, as it appears in tokens and in the audit.</param>
/// <param name="PasswordHash">PBKDF2, in the format of ASP.NET Core Identity.</param>
/// <param name="Role">What the operator may do.</param>
/// <param name="IsDisabled">Whether signing in is forbidden.</param>
/// <param name="IsBuiltIn">Whether it is the one that the configuration names.</param>
/// <param name="UnlockedAt">Failures before this count no longer.</param>
public sealed record AdminUser(
    Guid Id,
    string Username,
    string PasswordHash,
    Role Role,
    bool IsDisabled,
    bool IsBuiltIn,
    DateTimeOffset? UnlockedAt)
{
    internal const string Columns =
        "u.id, u.username, u.password_hash, u.role, u.is_disabled, u.is_built_in, u.unlocked_at";

    // The generated text of a record would show the hash.
    public override string ToString() => Username;

    internal static AdminUser Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetString(1),
        row.GetString(2),
        Roles.Parse(row.GetString(3)),
        row.GetBoolean(4),
        row.GetBoolean(5),
        row.IsDBNull(6) ? null : row.GetFieldValue<DateTimeOffset>(6));
}
