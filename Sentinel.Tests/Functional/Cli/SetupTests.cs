using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Sentinel.Cli;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Cli;

public sealed class SetupTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly DirectoryInfo _folder = ServerProcess.NewFolder();
    private readonly StringWriter _output = new(CultureInfo.InvariantCulture);

    [Fact]
    public async Task Secrets_are_random_private_and_never_shown()
    {
        await SetupAsync();

        var settings = Settings();
        string[] secrets =
        [
            "ADMIN_PASSWORD", "ADMIN_JWT_SECRET", "HMAC_SECRET", "POSTGRES_PASSWORD", "PROXY_SECRET", "REDIS_PASSWORD",
        ];
        Assert.All(secrets, name => Assert.True(settings[name].Length >= 40, name));
        Assert.Distinct(secrets.Select(name => settings[name]));
        Assert.DoesNotContain(secrets, name => _output.ToString().Contains(settings[name], StringComparison.Ordinal));
        foreach (var file in PrivateFiles())
        {
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == Private, file);
        }
    }

    [Fact]
    public async Task Second_run_changes_nothing_and_keeps_what_the_operator_set()
    {
        const string Mine = "# mine\nDOWNSTREAM_URL=http://new-api:3000\nHMAC_SECRET=";
        await File.WriteAllTextAsync(PathOf(".env"), $"{Mine}\n", TestContext.Current.CancellationToken);
        await SetupAsync();
        var before = Contents();

        await SetupAsync();

        Assert.Equal(before, Contents());
        Assert.Equal("http://new-api:3000", Settings()["DOWNSTREAM_URL"]);
        Assert.Contains(before, file => file.StartsWith(Mine, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Servers_have_certificates_of_the_CA_for_their_names()
    {
        await SetupAsync("--host", "sentinel.test");

        Assert.All([("postgres", "postgres"), ("redis", "redis"), ("nginx", "sentinel.test")], server =>
        {
            using var shown = X509CertificateLoader.LoadCertificateFromFile(PathOf($"tls/{server.Item1}/server.crt"));
            Assert.True(shown.MatchesHostname(server.Item2));
            Assert.True(IsTrusted(shown));
        });
    }

    [Fact]
    public async Task Rotated_CA_is_trusted_beside_the_one_before()
    {
        await SetupAsync();
        using var old = X509CertificateLoader.LoadCertificateFromFile(PathOf("tls/redis/server.crt"));

        await SetupAsync("--rotate", "ca");

        using var young = X509CertificateLoader.LoadCertificateFromFile(PathOf("tls/redis/server.crt"));
        Assert.NotEqual(old.SerialNumber, young.SerialNumber);
        Assert.True(IsTrusted(old));
        Assert.True(IsTrusted(young));
    }

    [Fact]
    public async Task What_setup_made_passes_the_doctor()
    {
        await SetupAsync("--host", "sentinel.test");
        await File.AppendAllTextAsync(
            PathOf(".env"), "DOWNSTREAM_URL=http://new-api:3000\n", TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.Done, await RunAsync("doctor", "--env-file", PathOf(".env")));
    }

    public void Dispose()
    {
        _output.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task SetupAsync(params string[] options) =>
        Assert.Equal(ExitCode.Done, await RunAsync(["setup", "--production", "-o", _folder.FullName, .. options]));

    private Task<int> RunAsync(params string[] arguments) =>
        SentinelCommand.RunAsync(arguments, Terminal.To(_output), TestContext.Current.CancellationToken);

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private IEnumerable<string> PrivateFiles() =>
        [PathOf(".env"), .. Directory.EnumerateFiles(PathOf("tls"), "*.key", SearchOption.AllDirectories)];

    private Dictionary<string, string> Settings() => File.ReadLines(PathOf(".env"))
        .Where(line => line.Contains('=') && line[0] != '#')
        .Select(line => line.Split('=', 2))
        .ToDictionary(pair => pair[0], pair => pair[1]);

    private string[] Contents() =>
    [
        .. Directory.EnumerateFiles(_folder.FullName, "*", SearchOption.AllDirectories).Order()
            .Select(File.ReadAllText),
    ];

    private bool IsTrusted(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.ImportFromPemFile(PathOf("tls/ca.crt"));
        return chain.Build(certificate);
    }
}
