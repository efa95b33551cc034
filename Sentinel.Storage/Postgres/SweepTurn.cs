using Npgsql;

namespace Sentinel.Storage.Postgres;

/// <summary>
/// The turn of whoever sweeps: an advisory lock of a connection that is kept for it. If the process dies, PostgreSQL
/// gives the turn to the next one.
/// </summary>
internal sealed class SweepTurn(NpgsqlConnection connection) : IAsyncDisposable
{
    private const long Key = 7310868735422294;

    private bool _isTaken;

    public async Task<bool> TryTakeAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT pg_try_advisory_lock($1)", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = Key });
        _isTaken = await command.ExecuteScalarAsync(cancellationToken) is true;
        return _isTaken;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_isTaken)
            {
                await using var command = new NpgsqlCommand("SELECT pg_advisory_unlock($1)", connection);
                command.Parameters.Add(new NpgsqlParameter { Value = Key });
                _ = await command.ExecuteScalarAsync();
            }
        }
        catch (NpgsqlException)
        {
            // With the connection the lock is gone as well.
        }
        finally
        {
            await connection.DisposeAsync();
        }
    }
}
