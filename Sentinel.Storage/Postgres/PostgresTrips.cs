using Npgsql;
using Sentinel.Core.Decisions;
using Sentinel.Storage.Pulses;

namespace Sentinel.Storage.Postgres;

/// <summary>
/// The way to PostgreSQL of whoever decides or records while requests wait: in an outage it fails at once. A trip that
/// was given up goes on by itself to its own time limit, with everything that belongs to it.
/// </summary>
internal sealed class PostgresTrips(NpgsqlDataSource database, StorePulses pulses)
{
    public NpgsqlCommand CreateCommand(string sql, params object?[] values) => database.CreateCommand(sql, values);

    /// <exception cref="StoreUnavailableException">PostgreSQL could not answer.</exception>
    public Task<T> GuardAsync<T>(Func<Task<T>> trip) => pulses.Postgres.GuardAsync(() => trip().OrUnavailable());

    /// <summary>The one row of an answer, or null.</summary>
    /// <exception cref="StoreUnavailableException">PostgreSQL could not answer.</exception>
    public Task<Binding?> FindBindingAsync(string sql, CancellationToken cancellationToken, params object[] values) =>
        pulses.Postgres.GuardAsync(() => database.FindBindingAsync(sql, cancellationToken, values));

    /// <summary>All rows of an answer.</summary>
    /// <exception cref="StoreUnavailableException">PostgreSQL could not answer.</exception>
    public Task<IReadOnlyList<T>> QueryAsync<T>(
        string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params object?[] values) =>
        pulses.Postgres.GuardAsync(() => database.QueryAsync(sql, read, cancellationToken, values));

    /// <summary>How many rows were changed.</summary>
    /// <exception cref="StoreUnavailableException">PostgreSQL could not answer.</exception>
    public Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, params object?[] values)
    {
        return GuardAsync(ExecuteAsync);

        async Task<int> ExecuteAsync()
        {
            await using var command = database.CreateCommand(sql, values);
            return await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
