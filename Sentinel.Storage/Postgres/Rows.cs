using System.Net;
using Npgsql;
using Sentinel.Core.Callers;

namespace Sentinel.Storage.Postgres;

/// <summary>How rows are read for those who list them.</summary>
internal static class Rows
{
    /// <summary>All rows of an answer.</summary>
    /// <exception cref="StoreUnavailableException">PostgreSQL could not answer.</exception>
    public static Task<IReadOnlyList<T>> QueryAsync<T>(
        this NpgsqlDataSource database,
        string sql,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellationToken,
        params object?[] values)
    {
        return ReadAllAsync().OrUnavailable();

        async Task<IReadOnlyList<T>> ReadAllAsync()
        {
            await using var command = database.CreateCommand(sql, values);
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            var rows = new List<T>();
            while (await row.ReadAsync(cancellationToken))
            {
                rows.Add(read(row));
            }

            return rows;
        }
    }

    public static string? GetAddress(this NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : ClientAddress.From(row.GetFieldValue<IPAddress>(column)).ToString();

    public static IReadOnlyList<string> GetNetworks(this NpgsqlDataReader row, int column) =>
        [.. row.GetFieldValue<IPNetwork[]>(column).Select(network => Network.From(network).ToString())];
}
