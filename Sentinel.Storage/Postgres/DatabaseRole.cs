using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Sentinel.Storage.Postgres;

/// <summary>
/// The role under which the apps speak to PostgreSQL. Its new password is given as PostgreSQL keeps it (RFC 5803), so
/// that neither a log nor a list of processes shows it.
/// </summary>
public static class DatabaseRole
{
    private const int Iterations = 4096;
    private const int SaltLength = 16;

    /// <summary>The statement that gives a role a password.</summary>
    public static string Statement(string role, string password) =>
        $"ALTER ROLE \"{role.Replace("\"", "\"\"", StringComparison.Ordinal)}\" PASSWORD '{Verifier(password)}'";

    /// <summary>Gives the role of a connection another password, and sees that it opens the door.</summary>
    /// <exception cref="StoreUnavailableException">It could not be done, or does not open the door.</exception>
    public static async Task SetPasswordAsync(string database, string password, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnectionStringBuilder(database) { Pooling = false };
        var role = connection.Username ?? throw new ArgumentException(
            "The connection names no role.", nameof(database));
        _ = await RunAsync(connection, Statement(role, password), cancellationToken).OrUnavailable();
        connection.Password = password;
        _ = await RunAsync(connection, "SELECT 1", cancellationToken).OrUnavailable();
    }

    private static async Task<int> RunAsync(
        NpgsqlConnectionStringBuilder connection, string sql, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string Verifier(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        var salted = Rfc2898DeriveBytes.Pbkdf2(
            Encoding.UTF8.GetBytes(password), salt, Iterations, HashAlgorithmName.SHA256, HMACSHA256.HashSizeInBytes);
        var stored = SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8));
        var server = HMACSHA256.HashData(salted, "Server Key"u8);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"SCRAM-SHA-256${Iterations}:{Text(salt)}${Text(stored)}:{Text(server)}");
    }

    private static string Text(byte[] bytes) => Convert.ToBase64String(bytes);
}
