using Npgsql;
using Sentinel.Core.Contracts;

namespace Sentinel.Storage.Postgres;

/// <summary>Who may sign in. Throws <see cref="StoreUnavailableException"/> in an outage.</summary>
public sealed class UserQueries(NpgsqlDataSource database)
{
    internal const string ItemColumns =
        "u.id, u.username, u.role, u.is_disabled, u.is_built_in, u.created_at, u.last_login_at";

    private const string FindByName =
        $"SELECT {AdminUser.Columns} FROM admin_users AS u WHERE lower(u.username) = lower($1)";

    /// <summary>The operator of a name, whatever its case.</summary>
    public async Task<AdminUser?> FindAsync(string username, CancellationToken cancellationToken) =>
        (await database.QueryAsync(FindByName, AdminUser.Read, cancellationToken, username)).SingleOrDefault();

    private const string FindById = $"SELECT {ItemColumns} FROM admin_users AS u WHERE u.id = $1";

    public async Task<UserItem?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        (await database.QueryAsync(FindById, ReadItem, cancellationToken, id)).SingleOrDefault();

    private const string List = $"SELECT {ItemColumns} FROM admin_users AS u ORDER BY lower(u.username)";

    /// <summary>All operators, by name.</summary>
    public Task<IReadOnlyList<UserItem>> ListAsync(CancellationToken cancellationToken) =>
        database.QueryAsync(List, ReadItem, cancellationToken);

    internal static UserItem ReadItem(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetString(1),
        row.GetString(2),
        row.GetBoolean(3),
        row.GetBoolean(4),
        row.GetFieldValue<DateTimeOffset>(5),
        row.IsDBNull(6) ? null : row.GetFieldValue<DateTimeOffset>(6));
}
