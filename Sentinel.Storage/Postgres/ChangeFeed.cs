using Npgsql;
using Sentinel.Core.Credentials;

namespace Sentinel.Storage.Postgres;

/// <summary>What was committed about bindings since a moment.</summary>
/// <param name="Snapshot">What was visible when this was read: the moment to read on from.</param>
/// <param name="IsContinued">Whether that moment lies before this one: not so in a restored database.</param>
/// <param name="Bindings">The keys whose bindings changed, and the versions of that.</param>
public sealed record Changes(string Snapshot, bool IsContinued, IReadOnlyList<BindingChange> Bindings);

/// <summary>A key whose binding changed.</summary>
/// <param name="Fingerprint">Stands for the key.</param>
/// <param name="Version">The version of the change; whatever is older is outdated.</param>
public readonly record struct BindingChange(KeyFingerprint Fingerprint, long Version);

/// <summary>
/// Tells what changed since it was last asked. It misses nothing: not what was committed out of order, and not what
/// nobody rang for. Throws <see cref="StoreUnavailableException"/> in an outage.
/// </summary>
public sealed class ChangeFeed(NpgsqlDataSource database) : IAsyncDisposable
{
    /// <summary>Read from here to hear of everything that is still written down.</summary>
    public const string Beginning = "3:3:";

    // One row comes always, to say which snapshot this is.
    private const string Read = """
        SELECT pg_current_snapshot()::text,
               pg_snapshot_xmax(pg_current_snapshot()) >= pg_snapshot_xmax($1::pg_snapshot),
               c.fingerprint, c.version
          FROM (VALUES (0)) AS always
          LEFT JOIN binding_changes AS c
            ON c.transaction >= pg_snapshot_xmin($1::pg_snapshot)
           AND NOT pg_visible_in_snapshot(c.transaction, $1::pg_snapshot)
        """;

    // A place of its own: when the pool is full of trips that nobody answers, the outage's end must still be heard.
    private NpgsqlConnection? _connection;

    /// <summary>Reads what was committed since a snapshot. Not to be called twice at once.</summary>
    public async Task<Changes> ReadAsync(string snapshot, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(await ConnectAsync(cancellationToken), snapshot, cancellationToken).OrUnavailable();
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    private const string Prune = "DELETE FROM binding_changes WHERE changed_at < now() - $1";

    /// <summary>Forgets changes of which no cache holds the former state any more.</summary>
    public async Task PruneAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Prune, age);
        _ = await command.ExecuteNonQueryAsync(cancellationToken).OrUnavailable();
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _connection, null) is { } connection)
        {
            await connection.DisposeAsync();
        }
    }

    private async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken) =>
        _connection ??= await database.OpenConnectionAsync(cancellationToken).AsTask().OrUnavailable();

    private static async Task<Changes> ReadAsync(
        NpgsqlConnection connection, string snapshot, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Read, connection);
        command.Parameters.Add(new NpgsqlParameter { Value = snapshot });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var (next, isContinued, changes) = (snapshot, true, new List<BindingChange>());
        while (await row.ReadAsync(cancellationToken))
        {
            (next, isContinued) = (row.GetString(0), row.GetBoolean(1));
            if (!row.IsDBNull(2))
            {
                changes.Add(new(new KeyFingerprint(row.GetFieldValue<byte[]>(2)), row.GetInt64(3)));
            }
        }

        return new Changes(next, isContinued, changes);
    }
}
