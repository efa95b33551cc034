using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Npgsql;
using Sentinel.Cli;
using Sentinel.Core.Credentials;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Cli;

/// <summary>What setup made is made anew, one thing at a time, and nothing that must not break breaks.</summary>
public sealed class RotationTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly DirectoryInfo _folder = ServerProcess.NewFolder();
    private readonly StringWriter _output = new(CultureInfo.InvariantCulture);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Secret_of_the_keys_is_accepted_before_it_is_used_and_the_one_before_stays_accepted()
    {
        await SetupAsync();
        var first = Ring().Single();

        await SetupAsync("--rotate", "hmac");
        var prepared = Ring();
        await SetupAsync("--rotate", "hmac");
        Assert.Equal(prepared.Select(Text), Ring().Select(Text));
        await SetupAsync("--rotate", "hmac", "--use");
        var used = Ring();
        await SetupAsync("--rotate", "hmac", "--use");
        Assert.Equal(used.Select(Text), Ring().Select(Text));

        Assert.Equal(["1", "2"], prepared.Select(secret => $"{secret.Id}"));
        Assert.Equal(Text(first), Text(prepared[0]));
        Assert.Equal([Text(prepared[1]), Text(first)], used.Select(Text));
        await SetupAsync("--rotate", "hmac");
        Assert.Equal(["2", "1", "3"], Ring().Select(secret => $"{secret.Id}"));
        Assert.All(Ring(), secret => Assert.DoesNotContain(secret.Text, _output.ToString(), StringComparison.Ordinal));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(PathOf(".env")) == Private);
    }

    [Fact]
    public async Task Secret_that_was_not_prepared_is_not_used()
    {
        await SetupAsync();

        Assert.Equal(ExitCode.Failed, await RunAsync("--rotate", "hmac", "--use"));
        Assert.Contains("No next HMAC secret is prepared", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secret_of_the_tokens_goes_to_those_that_are_believed_and_the_key_too()
    {
        await SetupAsync();
        var (before, key) = (Settings(), await File.ReadAllTextAsync(PathOf("jwt/admin.key"), Cancel));

        await SetupAsync("--rotate", "jwt");

        var after = Settings();
        Assert.NotEqual(before["ADMIN_JWT_SECRET"], after["ADMIN_JWT_SECRET"]);
        Assert.Equal(before["ADMIN_JWT_SECRET"], after["ADMIN_JWT_SECRET_PREVIOUS"]);
        Assert.NotEqual(key, await File.ReadAllTextAsync(PathOf("jwt/admin.key"), Cancel));
        Assert.Equal("/run/jwt/previous.pem", after["ADMIN_JWT_PREVIOUS_KEY_FILE"]);
        Assert.Contains("PUBLIC KEY", await File.ReadAllTextAsync(PathOf("jwt/previous.pem"), Cancel));
        Assert.All(
            (string[])["jwt/admin.key", "jwt/previous.pem", ".env"],
            file => Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(PathOf(file)) == Private));
        Assert.Equal(
            ["ADMIN_JWT_PREVIOUS_KEY_FILE", "ADMIN_JWT_SECRET", "ADMIN_JWT_SECRET_PREVIOUS"],
            after.Where(it => before.GetValueOrDefault(it.Key) != it.Value).Select(it => it.Key).Order());
    }

    [Fact]
    public async Task Certificates_of_servers_are_issued_anew_by_the_same_CA()
    {
        await SetupAsync();
        var ca = await File.ReadAllTextAsync(PathOf("tls/ca.crt"), Cancel);
        var before = Serials();

        await SetupAsync("--rotate", "tls");

        Assert.Equal(ca, await File.ReadAllTextAsync(PathOf("tls/ca.crt"), Cancel));
        Assert.Empty(before.Intersect(Serials()));
        Assert.Equal(3, Serials().Length);
    }

    [Fact]
    public async Task Password_of_the_database_is_applied_before_it_is_written_and_opens_the_door()
    {
        await SetupAsync();
        await using var postgres = await PostgresServer.StartAsync();
        await using var database = NpgsqlDataSource.Create(postgres.ConnectionString("postgres"));
        var before = Settings()["POSTGRES_PASSWORD"];
        await ExecuteAsync(database, $"ALTER ROLE postgres PASSWORD '{before}'");
        await AskForPasswordsAsync(database);

        Assert.Equal(
            ExitCode.NotPossibleNow,
            await RunAsync("--rotate", "db", "--database", $"{postgres.ConnectionString("postgres")};Password=wrong"));
        Assert.Equal(before, Settings()["POSTGRES_PASSWORD"]);
        var next = Settings()["POSTGRES_PASSWORD_NEXT"];
        await SetupAsync(
            "--rotate", "db", "--database", $"{postgres.ConnectionString("postgres")};Password={before}");

        Assert.Equal(next, Settings()["POSTGRES_PASSWORD"]);
        Assert.DoesNotContain("POSTGRES_PASSWORD_NEXT", Settings().Keys);
        await using var renewed = NpgsqlDataSource.Create(
            $"{postgres.ConnectionString("postgres")};Pooling=false;Password={next}");
        await ExecuteAsync(renewed, "SELECT 1");
        await using var old = NpgsqlDataSource.Create(
            $"{postgres.ConnectionString("postgres")};Pooling=false;Password={before}");
        _ = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(old, "SELECT 1"));
    }

    [Fact]
    public async Task Password_that_setup_cannot_apply_is_told_as_a_hash_and_waits_for_the_word_that_it_was()
    {
        await SetupAsync();
        var before = Settings()["POSTGRES_PASSWORD"];

        await SetupAsync("--rotate", "db");
        var next = Settings()["POSTGRES_PASSWORD_NEXT"];
        Assert.Equal(before, Settings()["POSTGRES_PASSWORD"]);
        await SetupAsync("--rotate", "db");
        Assert.Equal(next, Settings()["POSTGRES_PASSWORD_NEXT"]);
        await SetupAsync("--rotate", "db", "--applied");

        Assert.Equal(next, Settings()["POSTGRES_PASSWORD"]);
        Assert.Contains("PASSWORD 'SCRAM-SHA-256", _output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(next, _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Failed, await RunAsync("--rotate", "db", "--applied"));
    }

    public void Dispose()
    {
        _output.Dispose();
        _folder.Delete(recursive: true);
    }

    private static string Text(HmacSecret secret) => secret.Text;

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        _ = await command.ExecuteNonQueryAsync(Cancel);
    }

    /// <summary>The servers of the tests let everybody in; this one asks from now on.</summary>
    private static async Task AskForPasswordsAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("SHOW hba_file");
        var file = (string)(await command.ExecuteScalarAsync(Cancel))!;
        await ExecuteAsync(
            database, $"COPY (SELECT 'host all all 127.0.0.1/32 scram-sha-256') TO '{file}'; SELECT pg_reload_conf()");
        await Eventually.Holds(async () =>
        {
            await using var stranger = NpgsqlDataSource.Create($"{database.ConnectionString};Pooling=false");
            return await Record.ExceptionAsync(() => ExecuteAsync(stranger, "SELECT 1")) is NpgsqlException;
        });
    }

    private IReadOnlyList<HmacSecret> Ring()
    {
        var settings = Settings();
        return HmacSecrets.Read(
            settings["HMAC_SECRET"], settings.GetValueOrDefault("SENTINEL_HMAC_SECRET_ID"),
            settings.GetValueOrDefault("SENTINEL_HMAC_SECRETS_ACCEPTED"));
    }

    private string[] Serials() =>
    [
        .. Directory.EnumerateFiles(PathOf("tls"), "server.crt", SearchOption.AllDirectories).Select(file =>
        {
            using var certificate = X509CertificateLoader.LoadCertificateFromFile(file);
            return certificate.SerialNumber;
        }),
    ];

    private async Task SetupAsync(params string[] options) =>
        Assert.True(await RunAsync(options) == ExitCode.Done, _output.ToString());

    private Task<int> RunAsync(params string[] options) => SentinelCommand.RunAsync(
        ["setup", "--production", "-o", _folder.FullName, .. options], Terminal.To(_output), Cancel);

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private Dictionary<string, string> Settings() => File.ReadLines(PathOf(".env"))
        .Where(line => line.Contains('=') && line[0] != '#')
        .Select(line => line.Split('=', 2))
        .ToDictionary(pair => pair[0], pair => pair[1]);
}
