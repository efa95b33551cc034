using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Sentinel.Storage.Postgres;

namespace Sentinel.Storage.Backups;

/// <summary>Brings back what a backup holds and the database lacks, all or nothing, while requests flow.</summary>
public sealed class DatabaseRestore(NpgsqlDataSource database, SchemaMigrator migrator)
{
    /// <summary>Reads each table from the stream that is opened for its name.</summary>
    /// <returns>How many rows of each table came back.</returns>
    /// <exception cref="BackupMismatchException">It is damaged, or was made with another schema.</exception>
    /// <exception cref="SchemaMismatchException">The database is not one of this program.</exception>
    /// <exception cref="StoreUnavailableException">PostgreSQL could not answer.</exception>
    public async Task<IReadOnlyDictionary<string, int>> ReadAsync(
        DatabaseContent content, Func<string, Stream> open, string actor, CancellationToken cancellationToken)
    {
        if (content.Schema > Migration.All[^1].Version)
        {
            throw new BackupMismatchException(
                $"The backup has schema {content.Schema:000}, this program knows {Migration.All[^1].Version:000}. "
                + "Restore it with the Sentinel that made it, or a newer one.");
        }

        await migrator.ApplyAsync(cancellationToken);
        return await MergeAsync(content, open, actor, cancellationToken).OrUnavailable();
    }

    private async Task<Dictionary<string, int>> MergeAsync(
        DatabaseContent content, Func<string, Stream> open, string actor, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var tables = Match(content, await Catalog.ReadAsync(connection, cancellationToken));
        foreach (var (_, staged) in tables)
        {
            await using var file = open(staged.Name);
            await StageAsync(connection, staged, file, cancellationToken);
        }

        var added = new Dictionary<string, int>();
        foreach (var (table, staged) in tables)
        {
            if (Merging.Before(table.Name) is { } preparation)
            {
                _ = await ExecuteAsync(connection, preparation, cancellationToken);
            }

            added[table.Name] = await ExecuteAsync(
                connection, Merging.Add(table, staged.Columns), cancellationToken);
        }

        _ = await ExecuteAsync(connection, Note, cancellationToken, actor, added.Values.Sum());
        await transaction.CommitAsync(cancellationToken);
        return added;
    }

    private const string Note = """
        SELECT append_admin_audit($1, NULL, 'backup.restore', 'database', jsonb_build_object('rows', $2))
        """;

    private static List<(KeptTable Table, TableContent Staged)> Match(
        DatabaseContent content, IReadOnlyList<KeptTable> known)
    {
        var stray = content.Tables.FirstOrDefault(it => known.All(table => table.Name != it.Name));
        if (stray is not null)
        {
            throw new BackupMismatchException($"The backup has a table {stray.Name}, which this Sentinel does not.");
        }

        // In the order of today, so that whatever a row refers to is there before it.
        var pairs = known.Join(content.Tables, table => table.Name, it => it.Name, (table, it) => (table, it)).ToList();
        foreach (var (table, staged) in pairs)
        {
            if (staged.Columns.Except(table.Columns).FirstOrDefault() is { } gone)
            {
                throw new BackupMismatchException(
                    $"The backup has a column {gone} in {table.Name}, which this Sentinel does not. "
                    + "Restore it with the Sentinel that made it, and upgrade then.");
            }
        }

        return pairs;
    }

    private static async Task StageAsync(
        NpgsqlConnection connection, TableContent table, Stream file, CancellationToken cancellationToken)
    {
        var staged = Merging.Staged(table.Name);
        _ = await ExecuteAsync(
            connection,
            $"CREATE TEMP TABLE {staged} (LIKE {table.Name} INCLUDING DEFAULTS) ON COMMIT DROP",
            cancellationToken);
        using var hash = SHA256.Create();
        await using var hashed = new CryptoStream(file, hash, CryptoStreamMode.Read);
        using var lines = new StreamReader(hashed, Encoding.UTF8);
        var copy = $"COPY {staged} ({string.Join(", ", table.Columns)}) FROM STDIN";
        await using (var writer = await connection.BeginTextImportAsync(copy, cancellationToken))
        {
            var buffer = new char[65_536];
            while (await lines.ReadAsync(buffer, cancellationToken) is var length and > 0)
            {
                await writer.WriteAsync(buffer.AsMemory(0, length), cancellationToken);
            }
        }

        if (Convert.ToHexStringLower(hash.Hash!) != table.Sha256)
        {
            throw new BackupMismatchException($"The backup is damaged: {table.Name} is not what was written.");
        }
    }

    private static async Task<int> ExecuteAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params object[] values)
    {
        // Many rows may take their time.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.Parameters.AddRange(values.Select(value => new NpgsqlParameter { Value = value }).ToArray());
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
