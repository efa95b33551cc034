using System.Globalization;
using Sentinel.Cli;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Cli;

/// <summary>A command that cannot be done says why in a sentence, ends with its code and leaves nothing.</summary>
public sealed class WrongUsageTests : IDisposable
{
    private readonly DirectoryInfo _folder = ServerProcess.NewFolder();
    private readonly StringWriter _output = new(CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("--use goes with --rotate hmac", "setup", "--production", "--use")]
    [InlineData("--use goes with --rotate hmac", "setup", "--rotate", "jwt", "--use")]
    [InlineData("go with --rotate db", "setup", "--rotate", "hmac", "--applied")]
    [InlineData("go with --rotate db", "setup", "--production", "--database", "Host=db")]
    [InlineData("--host takes a name like", "setup", "--production", "--host", "https://api.example.com")]
    [InlineData("--host takes a name like", "setup", "--production", "--host", "api.example.com,b.example.com")]
    [InlineData("'all' not recognized", "setup", "--rotate", "all")]
    public async Task Arguments_that_make_no_sense_are_refused(string message, params string[] arguments)
    {
        Assert.Equal(ExitCode.WrongUsage, await RunAsync([.. arguments, "-o", PathOf("production")]));

        AssertSaid(message);
        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    [Theory]
    [InlineData("hmac")]
    [InlineData("jwt")]
    [InlineData("tls")]
    [InlineData("ca")]
    [InlineData("db")]
    public async Task Nothing_is_made_anew_where_nothing_is(string rotation)
    {
        Assert.Equal(
            ExitCode.SomethingMissing, await RunAsync("setup", "-o", PathOf("prodution"), "--rotate", rotation));

        AssertSaid("There is no .env in");
        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    [Fact]
    public async Task Rotation_needs_no_word_that_it_is_for_production()
    {
        Assert.Equal(ExitCode.Done, await RunAsync("setup", "--production", "-o", PathOf("with a space")));

        Assert.Equal(ExitCode.Done, await RunAsync("setup", "-o", PathOf("with a space"), "--rotate", "hmac"));
        AssertSaid("made the HMAC secret 2");
    }

    [Theory]
    [InlineData(ExitCode.SomethingMissing, "nowhere.env", "doctor", "--env-file", "nowhere.env")]
    [InlineData(ExitCode.SomethingMissing, "nowhere", "backup", "--passphrase-file", "long", "--env-file", "nowhere")]
    [InlineData(ExitCode.SomethingMissing, "nowhere", "backup", "--passphrase-file", "nowhere")]
    [InlineData(ExitCode.SomethingMissing, "nowhere.backup", "restore", "nowhere.backup", "--passphrase-file", "long")]
    [InlineData(ExitCode.Failed, "no backup of Sentinel", "restore", "long", "--passphrase-file", "long")]
    [InlineData(ExitCode.SomethingMissing, "long/a b", "setup", "--production", "-o", "long/a b/c")]
    [InlineData(ExitCode.Failed, "PG_DSN", "doctor", "--env-file", "bad.env")]
    public async Task What_cannot_be_read_or_written_is_named(int exitCode, string message, params string[] arguments)
    {
        await File.WriteAllTextAsync(PathOf("long"), "a long enough passphrase", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(PathOf("bad.env"), "PG_DSN=nonsense\n", TestContext.Current.CancellationToken);

        var given = arguments.Select((it, at) => at == 0 || it.StartsWith('-') ? it : PathOf(it));
        Assert.Equal(exitCode, await RunAsync([.. given]));

        AssertSaid(message);
        Assert.Equal(2, _folder.EnumerateFileSystemInfos().Count());
    }

    [Fact]
    public async Task CA_that_is_none_is_named()
    {
        Assert.Equal(ExitCode.Done, await RunAsync("setup", "--production", "-o", PathOf("production")));
        await File.WriteAllTextAsync(PathOf("production/tls/ca.key"), "", TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.Failed, await RunAsync("setup", "--production", "-o", PathOf("production")));

        AssertSaid("tls/ca.key are no CA with its key");
    }

    /// <summary>Servers in containers are other users than whoever ran setup.</summary>
    [Fact]
    public async Task Certificates_can_be_read_whatever_the_umask()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // it has no such modes
        }

        await ServerProcess.RunAsync(
            "sh", "-c", "umask 077; exec dotnet \"$0\" setup --production -o \"$1\"",
            Path.Combine(AppContext.BaseDirectory, "Sentinel.Cli.dll"), PathOf("production"));

        bool IsPublic(string name) => !OperatingSystem.IsWindows() &&
            File.GetUnixFileMode(PathOf($"production/{name}")).HasFlag(UnixFileMode.OtherRead);
        Assert.All(
            ["tls/ca.crt", "tls/postgres/server.crt", "tls/postgres", "tls/redis/server.crt", "tls/redis"],
            name => Assert.True(IsPublic(name), name));
        Assert.All(
            [".env", "jwt/admin.key", "tls/ca.key", "tls/postgres/server.key"],
            name => Assert.False(IsPublic(name), name));
    }

    public void Dispose()
    {
        _output.Dispose();
        _folder.Delete(recursive: true);
    }

    private Task<int> RunAsync(params string[] arguments) =>
        SentinelCommand.RunAsync(arguments, Terminal.To(_output), TestContext.Current.CancellationToken);

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private void AssertSaid(string message)
    {
        Assert.Contains(message, _output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", _output.ToString(), StringComparison.Ordinal);
    }
}
