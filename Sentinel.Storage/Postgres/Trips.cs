using System.Text;
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
    /// <exception cref="UnstorableTextException">A value is no text to PostgreSQL.</exception>
    public static async Task<T> OrUnavailable<T>(this Task<T> trip)
    {
        try
        {
            return await trip;
        }
        catch (Exception exception) when (IsUnstorable(exception))
        {
            throw new UnstorableTextException(exception);
        }
        catch (Exception exception) when (exception is TimeoutException or NpgsqlException && !IsOurFault(exception))
        {
            throw new StoreUnavailableException(exception);
        }
    }

    /// <summary>NUL in a text or in JSON, or half of a character, which cannot even be sent.</summary>
    private static bool IsUnstorable(Exception exception) =>
        exception is EncoderFallbackException or PostgresException
        {
            SqlState: PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter,
        };

    /// <summary>
    /// A wrong statement or wrong data is no outage; what is withheld is one, and what a migration has yet to bring.
    /// </summary>
    private static bool IsOurFault(Exception exception) =>
        exception is PostgresException { SqlState: var state }
        && state is not (PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn
            or PostgresErrorCodes.UndefinedFunction or PostgresErrorCodes.InsufficientPrivilege)
        && state[..2] is "22" or "23" or "42";
}
