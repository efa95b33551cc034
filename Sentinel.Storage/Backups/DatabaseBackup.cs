using System.Data;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Sentinel.Storage.Postgres;

namespace Sentinel.Storage.Backups;

/// <summary>Writes down what the database holds at one moment, while requests flow.</summary>
public sealed class DatabaseBackup(NpgsqlDataSource database)
{
    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes each table into the stream that is opened for its name.</summary>
    /// <exception cref="StoreUnavailableException">PostgreSQL could not answer.</exception>
    public Task<DatabaseContent> WriteAsync(Func<string, Stream> open, CancellationToken cancellationToken)
    {
        return WriteAsync().OrUnavailable();

        async Task<DatabaseContent> WriteAsync()
        {
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            await using var moment = await connection.BeginTransactionAsync(
                IsolationLevel.RepeatableRead, cancellationToken);
            var tables = new List<TableContent>();
            foreach (var table in await Catalog.ReadAsync(connection, cancellationToken))
            {
                tables.Add(await CopyAsync(connection, table, open, cancellationToken));
            }

            return new DatabaseContent(await SchemaAsync(connection, cancellationToken), tables);
        }
    }

    // A claim lives as long as its request.
    private static string Rows(KeptTable table) =>
        $"SELECT {string.Join(", ", table.Columns)} FROM {table.Name}"
        + (table.Name == "bindings" ? " WHERE state <> 'claimed'" : "");

    private static async Task<TableContent> CopyAsync(
        NpgsqlConnection connection, KeptTable table, Func<string, Stream> open, CancellationToken cancellationToken)
    {
        using var hash = SHA256.Create();
        var rows = 0L;
        using (var lines = await connection.BeginTextExportAsync($"COPY ({Rows(table)}) TO STDOUT", cancellationToken))
        await using (var file = open(table.Name))
        await using (var hashed = new CryptoStream(file, hash, CryptoStreamMode.Write))
        await using (var writer = new StreamWriter(hashed, _utf8))
        {
            var buffer = new char[65_536];
            while (await lines.ReadAsync(buffer, cancellationToken) is var length and > 0)
            {
                // A line end within a value is written as two characters, so each one that is left ends a row.
                rows += buffer.AsSpan(0, length).Count('\n');
                await writer.WriteAsync(buffer.AsMemory(0, length), cancellationToken);
            }
        }

        return new TableContent(table.Name, table.Columns, rows, Convert.ToHexStringLower(hash.Hash!));
    }

    private static async Task<int> SchemaAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT max(version) FROM schema_migrations", connection);
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
