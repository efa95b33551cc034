using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sentinel.Cli;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Cli;

/// <summary>What an operator forgets, mistypes or does twice costs nobody a key, a name or a session.</summary>
public sealed class SetupMistakeTests : IDisposable
{
    private readonly DirectoryInfo _folder = ServerProcess.NewFolder();
    private readonly StringWriter _output = new(CultureInfo.InvariantCulture);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Name_that_clients_use_stays_in_the_certificate_when_it_is_not_said_again()
    {
        await SetupAsync("--host", "sentinel.test");

        await SetupAsync("--rotate", "tls");

        using var shown = Certificate("nginx");
        Assert.True(shown.MatchesHostname("sentinel.test"));
        Assert.True(shown.MatchesHostname("localhost"));
    }

    [Fact]
    public async Task Name_that_is_said_later_is_asked_for_where_it_belongs_and_then_certified()
    {
        await SetupAsync();

        await SetupAsync("--host", "sentinel.test");
        var text = await File.ReadAllTextAsync(PathOf(".env"), Cancel);
        text = text.Replace("ALLOWED_HOSTS=localhost", "ALLOWED_HOSTS=sentinel.test,*.cloud.test");
        await File.WriteAllTextAsync(PathOf(".env"), text, Cancel);
        await SetupAsync();
        var made = await File.ReadAllTextAsync(PathOf("tls/nginx/server.crt"), Cancel);
        await SetupAsync("--host", "SENTINEL.test");

        using var shown = Certificate("nginx");
        Assert.Contains("in which sentinel.test is missing", _output.ToString(), StringComparison.Ordinal);
        Assert.True(shown.MatchesHostname("sentinel.test"));
        Assert.True(shown.MatchesHostname("a.cloud.test"));
        Assert.Equal(made, await File.ReadAllTextAsync(PathOf("tls/nginx/server.crt"), Cancel));
    }

    [Theory]
    [InlineData]
    [InlineData("--rotate", "tls")]
    [InlineData("--rotate", "ca")]
    public async Task Certificate_of_a_public_CA_is_never_replaced(params string[] options)
    {
        await SetupAsync("--host", "sentinel.test");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = DateTimeOffset.UtcNow;
        using var bought = new CertificateRequest("CN=sentinel.test", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(now.AddDays(-80), now.AddDays(10));
        var chain = $"{bought.ExportCertificatePem()}\n{await File.ReadAllTextAsync(PathOf("tls/ca.crt"), Cancel)}";
        await File.WriteAllTextAsync(PathOf("tls/nginx/server.crt"), chain, Cancel);
        var own = await File.ReadAllTextAsync(PathOf("tls/nginx/server.key"), Cancel);

        await SetupAsync(options);

        Assert.Equal(chain, await File.ReadAllTextAsync(PathOf("tls/nginx/server.crt"), Cancel));
        Assert.Equal(own, await File.ReadAllTextAsync(PathOf("tls/nginx/server.key"), Cancel));
        Assert.Contains("kept the certificate of nginx", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CA_that_is_rotated_twice_forgets_none_that_may_be_in_use()
    {
        await SetupAsync();
        using var first = Certificate("redis");

        await SetupAsync("--rotate", "ca");
        await SetupAsync("--rotate", "ca");

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.ImportFromPemFile(PathOf("tls/ca.crt"));
        Assert.Equal(3, chain.ChainPolicy.CustomTrustStore.Count);
        Assert.True(chain.Build(first));
    }

    [Fact]
    public async Task Keys_of_the_tokens_that_are_rotated_twice_sign_nobody_out()
    {
        await SetupAsync();
        await SetupAsync("--rotate", "jwt");
        var before = Contents();

        Assert.Equal(ExitCode.NotPossibleNow, await RunAsync("--rotate", "jwt"));

        Assert.Equal(before, Contents());
        Assert.Contains("The rotation before is not over", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secret_in_quotes_is_rotated_without_them()
    {
        await SetupAsync();
        var text = await File.ReadAllTextAsync(PathOf(".env"), Cancel);
        var secret = text.Split("HMAC_SECRET=")[1].Split('\n')[0];
        await File.WriteAllTextAsync(PathOf(".env"), text.Replace(secret, $"\"{secret}\""), Cancel);

        await SetupAsync("--rotate", "hmac");
        await SetupAsync("--rotate", "hmac", "--use");

        Assert.Contains(
            $"SENTINEL_HMAC_SECRETS_ACCEPTED=1:{secret}\n",
            await File.ReadAllTextAsync(PathOf(".env"), Cancel),
            StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _output.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task SetupAsync(params string[] options) =>
        Assert.True(await RunAsync(options) == ExitCode.Done, _output.ToString());

    private Task<int> RunAsync(params string[] options) => SentinelCommand.RunAsync(
        ["setup", "--production", "-o", _folder.FullName, .. options], Terminal.To(_output), Cancel);

    private X509Certificate2 Certificate(string server) =>
        X509CertificateLoader.LoadCertificateFromFile(PathOf($"tls/{server}/server.crt"));

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private string[] Contents() =>
    [
        .. Directory.EnumerateFiles(_folder.FullName, "*", SearchOption.AllDirectories).Order()
            .Select(File.ReadAllText),
    ];
}
