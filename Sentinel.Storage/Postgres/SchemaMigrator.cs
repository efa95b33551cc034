using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Sentinel.Storage.Postgres;

/// <summary>
/// Brings the database to the schema of this program: each file whole or not at all, one program at a time. It goes on
/// under traffic: a file that has to wait for other statements gives way to them, and is tried again.
/// </summary>
public sealed partial class SchemaMigrator(
    NpgsqlDataSource database, TimeProvider clock, ILogger<SchemaMigrator> logger)
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

    // Who waits for a lock makes everybody wait behind it. Shorter than deadlock_timeout (1 s as it comes), so that of
    // two who wait for each other it is never a request that PostgreSQL ends.
    private const string GiveWay = "SET LOCAL lock_timeout = '500ms'";

    // Longer than deadlock_timeout: only then does PostgreSQL move an autovacuum aside that is in the way.
    private const string Insist = "SET LOCAL lock_timeout = '1500ms'";
    private const int TriesBeforeInsisting = 10;
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(500);

    /// <exception cref="SchemaMismatchException">An applied file was edited, or the schema is newer.</exception>
    /// <exception cref="StoreUnavailableException">PostgreSQL could not answer.</exception>
    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        var applied = 0;
        while (await ApplyNextAsync(cancellationToken).OrUnavailable())
        {
            applied++;
        }

        Log.Applied(logger, applied, Migration.All[^1].Name);
    }

    /// <summary>Applies the first file that is missing, as soon as other statements let it.</summary>
    /// <returns>Whether one was missing.</returns>
    private async Task<bool> ApplyNextAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var patience = attempt % TriesBeforeInsisting == 0 ? Insist : GiveWay;
                return await TryApplyNextAsync(patience, cancellationToken);
            }
            catch (PostgresException exception) when (exception.SqlState
                is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
            {
                Log.GaveWay(logger, attempt);
                await Task.Delay(_pause, clock, cancellationToken);
            }
        }
    }

    private async Task<bool> TryApplyNextAsync(string patience, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, Prepare, [], cancellationToken);

        var applied = await ReadAppliedAsync(connection, cancellationToken);
        Verify(applied);
        if (Migration.All.FirstOrDefault(migration => !applied.ContainsKey(migration.Version)) is not { } next)
        {
            return false;
        }

        await ExecuteAsync(connection, patience, [], cancellationToken);
        await ExecuteAsync(connection, next.Sql, [], cancellationToken);
        await ExecuteAsync(connection, Record, [next.Version, next.Name, next.Checksum], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static void Verify(Dictionary<int, byte[]> applied)
    {
        var newest = applied.Keys.DefaultIfEmpty().Max();
        if (newest > Migration.All[^1].Version)
        {
            throw new SchemaMismatchException(
                $"The database has schema {newest:000}, this program knows {Migration.All[^1].Version:000}. "
                + "Update this program, or give it a database of its own.");
        }

        var edited = Migration.All.FirstOrDefault(migration =>
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

        [LoggerMessage(
            LogLevel.Warning, "A migration gave way to other statements that hold its tables, attempt {Attempt}.")]
        public static partial void GaveWay(ILogger logger, int attempt);
    }
}
