using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Sentinel.Storage.Postgres;

/// <summary>
/// Brings the database to the schema of this program: all or nothing, in one transaction, one program at a time.
/// </summary>
public sealed partial class SchemaMigrator(NpgsqlDataSource database, ILogger<SchemaMigrator> logger)
{
    // Ours among the advisory locks of the database; a second program waits here until the first is done.
    private const string Prepare = """
        SELECT pg_advisory_xact_lock(7310868735422293);
        CREATE TABLE IF NOT EXISTS schema_migrations (
            version    integer PRIMARY KEY,
            name       text NOT NULL,
            checksum   bytea NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT now());
        """;

    /// <exception cref="SchemaMismatchException">An applied file was edited, or the schema is newer.</exception>
    /// <exception cref="StoreUnavailableException">PostgreSQL could not answer.</exception>
    public async Task ApplyAsync(CancellationToken cancellationToken) =>
        _ = await ApplyAsync(Migration.All, cancellationToken).OrUnavailable();

    /// <summary>Applies what is missing.</summary>
    /// <returns>How many files were applied.</returns>
    internal async Task<int> ApplyAsync(IReadOnlyList<Migration> migrations, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, Prepare, [], cancellationToken);

        var applied = await ReadAppliedAsync(connection, cancellationToken);
        Verify(migrations, applied);
        var missing = migrations.Where(migration => !applied.ContainsKey(migration.Version)).ToArray();
        foreach (var migration in missing)
        {
            await ExecuteAsync(connection, migration.Sql, [], cancellationToken);
            await ExecuteAsync(
                connection, Record, [migration.Version, migration.Name, migration.Checksum], cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        Log.Applied(logger, missing.Length, migrations[^1].Name);
        return missing.Length;
    }

    private static void Verify(IReadOnlyList<Migration> migrations, Dictionary<int, byte[]> applied)
    {
        var newest = applied.Keys.DefaultIfEmpty().Max();
        if (newest > migrations[^1].Version)
        {
            throw new SchemaMismatchException(
                $"The database has schema {newest:000}, this program knows {migrations[^1].Version:000}. "
                + "Update this program, or give it a database of its own.");
        }

        var edited = migrations.FirstOrDefault(migration =>
            applied.TryGetValue(migration.Version, out var checksum)
            && !CryptographicOperations.FixedTimeEquals(checksum, migration.Checksum));
        if (edited is not null)
        {
            throw new SchemaMismatchException(
                $"{edited.Name} was edited after it had been applied. Restore it, and put the change into a new file.");
        }
    }

    private const string Applied = "SELECT version, checksum FROM schema_migrations";

    private static async Task<Dictionary<int, byte[]>> ReadAppliedAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Applied, connection);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var applied = new Dictionary<int, byte[]>();
        while (await row.ReadAsync(cancellationToken))
        {
            applied.Add(row.GetInt32(0), row.GetFieldValue<byte[]>(1));
        }

        return applied;
    }

    private const string Record = "INSERT INTO schema_migrations (version, name, checksum) VALUES ($1, $2, $3)";

    private static async Task ExecuteAsync(
        NpgsqlConnection connection, string sql, object[] values, CancellationToken cancellationToken)
    {
        // Building an index on a large table may take its time.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.Parameters.AddRange(values.Select(value => new NpgsqlParameter { Value = value }).ToArray());
        _ = await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Applied {Count} migrations; the schema is that of {Name}.")]
        public static partial void Applied(ILogger logger, int count, string name);
    }
}
