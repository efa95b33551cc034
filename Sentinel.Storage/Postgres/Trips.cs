using Npgsql;

namespace Sentinel.Storage.Postgres;

/// <summary>What all trips to PostgreSQL have in common: numbered parameters, one way to say that it is away.</summary>
internal static class Trips
{
    public static NpgsqlCommand CreateCommand(this NpgsqlDataSource database, string sql, params object?[] values)
    {
        var command = database.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        }

        return command;
    }

    /// <exception cref="StoreUnavailableException">PostgreSQL could not answer.</exception>
    public static async Task<T> OrUnavailable<T>(this Task<T> trip)
    {
        try
        {
            return await trip;
        }
        catch (Exception exception) when (exception is TimeoutException or NpgsqlException && !IsOurFault(exception))
        {
            throw new StoreUnavailableException(exception);
        }
    }

    /// <summary>A wrong statement or wrong data is no outage; a table that is missing or withheld is one.</summary>
    private static bool IsOurFault(Exception exception) =>
        exception is PostgresException { SqlState: var state }
        && state is not (PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InsufficientPrivilege)
        && state[..2] is "22" or "23" or "42";
}
