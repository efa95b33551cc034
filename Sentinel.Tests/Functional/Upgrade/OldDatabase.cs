using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Sentinel.Tests.Conventions;

namespace Sentinel.Tests.Functional.Upgrade;

/// <summary>
/// A database as an earlier release left it, with rows. It says that nothing is missing, so that a proxy starts on it
/// without migrating; then it forgets that.
/// </summary>
internal sealed class OldDatabase : IAsyncDisposable
{
    private const string Rows = """
        INSERT INTO bindings (fingerprint, hint, state, networks, last_used_at)
        SELECT sha256(number::text::bytea), 'sk-…' || number, 'active', '{203.0.113.0/24}', now()
          FROM generate_series(1, 20000) AS number;
        INSERT INTO intercept_logs (id, occurred_at, reason, observed, hint, networks, method, path, user_agent,
                                    request_id, trace_id, route, count)
        SELECT gen_random_uuid(), now(), 'address_mismatch', false, '…', '{}', 'GET', '/', '', '', '', 'default', 1
          FROM generate_series(1, 20000);
        """;

    private readonly NpgsqlDataSource _database;
    private readonly int _firstNew;

    private OldDatabase(NpgsqlDataSource database, int firstNew) => (_database, _firstNew) = (database, firstNew);

    /// <summary>The names of all migrations.</summary>
    public static IReadOnlyList<string> AllFiles { get; } =
        [.. Tree.Files("*.sql").Where(path => path.StartsWith("db/", StringComparison.Ordinal)).Order()];

    /// <summary>Applies the files below a number.</summary>
    public static async Task<OldDatabase> CreateAsync(string address, int firstNew)
    {
        var database = new OldDatabase(NpgsqlDataSource.Create(address), firstNew);
        await database.ExecuteAsync("""
            CREATE TABLE schema_migrations (
                version    integer PRIMARY KEY,
                name       text NOT NULL,
                checksum   bytea NOT NULL,
                applied_at timestamptz NOT NULL DEFAULT now())
            """);
        foreach (var path in AllFiles)
        {
            var sql = Tree.Read(path).ReplaceLineEndings("\n");
            if (Version(path) < firstNew)
            {
                await database.ExecuteAsync(sql);
            }

            await database.ExecuteAsync(
                "INSERT INTO schema_migrations (version, name, checksum) VALUES ($1, $2, $3)",
                Version(path), Path.GetFileName(path), SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
        }

        await database.ExecuteAsync(Rows);
        return database;
    }

    public Task ForgetNewFilesAsync() =>
        ExecuteAsync("DELETE FROM schema_migrations WHERE version >= $1", _firstNew);

    /// <summary>What it says is applied.</summary>
    public async Task<IReadOnlyList<string>> FilesAsync()
    {
        await using var command = _database.CreateCommand("SELECT 'db/' || name FROM schema_migrations ORDER BY name");
        await using var row = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var names = new List<string>();
        while (await row.ReadAsync(TestContext.Current.CancellationToken))
        {
            names.Add(row.GetString(0));
        }

        return names;
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private static int Version(string path) =>
        int.Parse(Path.GetFileName(path).Split('_')[0], CultureInfo.InvariantCulture);

    private async Task ExecuteAsync(string sql, params object[] values)
    {
        await using var command = _database.CreateCommand(sql);
        command.CommandTimeout = 0;
        command.Parameters.AddRange(values.Select(value => new NpgsqlParameter { Value = value }).ToArray());
        _ = await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
