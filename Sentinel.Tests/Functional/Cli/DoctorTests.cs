using System.Globalization;
using System.Text.Json;
using Sentinel.Cli;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Cli;

public sealed class DoctorTests : IDisposable
{
    private readonly StringWriter _output = new(CultureInfo.InvariantCulture);
    private readonly DirectoryInfo _folder = ServerProcess.NewFolder();

    [Fact]
    public async Task Safe_settings_are_green()
    {
        var exitCode = await LookAsync(
            "HMAC_SECRET=0xG7kq2LrV9yTn4Bs8Wd3Zc6Jf1Mh5Px", "PROXY_SECRET=0xG7kq2LrV9yTn4Bs8Wd",
            "ADMIN_PASSWORD=Zc6Jf1Mh5PxA", "ADMIN_JWT_SECRET=0xG7kq2LrV9yTn4Bs8Wd3Zc6Jf1Mh5Px",
            "TRUSTED_PROXIES=172.30.231.10/32", "ALLOWED_HOSTS=api.example.com", "DOWNSTREAM_URL=http://new-api:3000");

        Assert.True(exitCode == ExitCode.Done, _output.ToString());
        Assert.DoesNotContain("✘", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unsafe_settings_are_red_and_each_says_what_to_do()
    {
        var exitCode = await LookAsync("TRUSTED_PROXIES=10.0.0.0/8", "SENTINEL_FAILSAFE_MODE=open");

        Assert.Equal(ExitCode.Failed, exitCode);
        Assert.All(
            ["SENTINEL_HMAC_SECRET is not set", "wider than /24", "ALLOWED_HOSTS", "ACKNOWLEDGE=open-failsafe"],
            part => Assert.Contains(part, _output.ToString(), StringComparison.Ordinal));
        Assert.Contains("✔", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_names_each_check_and_what_is_wrong_with_it()
    {
        var exitCode = await LookAsync(["--json"], "SENTINEL_FAILSAFE_MODE=open");

        var checks = JsonSerializer.Deserialize<JsonElement>(_output.ToString()).EnumerateArray().ToList();
        Assert.Equal(ExitCode.Failed, exitCode);
        Assert.Contains(checks, it => it.GetProperty("problem").ValueKind is JsonValueKind.Null);
        Assert.Contains("SENTINEL_HMAC_SECRET", checks
            .Single(it => it.GetProperty("name").GetString() == "hmac-secret").GetProperty("problem").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("ADMIN_JWT_PRIVATE_KEY_FILE=/run/jwt/admin.key")]
    public async Task Key_of_the_tokens_that_everybody_reads_is_red(string setting)
    {
        var key = Path.Combine(_folder.CreateSubdirectory("jwt").FullName, "admin.key");
        await File.WriteAllTextAsync(key, "a key", TestContext.Current.CancellationToken);
        Open(key);

        _ = await LookAsync(setting);

        Assert.Contains("can be read by everybody", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_that_is_not_used_is_not_looked_at()
    {
        var key = Path.Combine(_folder.CreateSubdirectory("jwt").FullName, "admin.key");
        await File.WriteAllTextAsync(key, "a key", TestContext.Current.CancellationToken);
        Open(key);

        _ = await LookAsync("ADMIN_JWT_PRIVATE_KEY_FILE=");

        Assert.DoesNotContain("key-files", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_and_keys_that_everybody_reads_are_red()
    {
        var key = Path.Combine(_folder.CreateSubdirectory("tls/nginx").FullName, "server.key");
        await File.WriteAllTextAsync(key, "a key", TestContext.Current.CancellationToken);
        var settings = Path.Combine(_folder.FullName, ".env");
        await File.WriteAllTextAsync(settings, "", TestContext.Current.CancellationToken);
        Open(settings);
        Open(key);

        Assert.Equal(ExitCode.Failed, await RunAsync(settings));

        Assert.True(
            OperatingSystem.IsWindows() || _output.ToString().Contains($"Run: chmod 600 {settings} {key}"),
            _output.ToString());
    }

    public void Dispose()
    {
        _output.Dispose();
        _folder.Delete(recursive: true);
    }

    private static void Open(string file)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        }
    }

    private Task<int> LookAsync(params string[] settings) => LookAsync([], settings);

    private async Task<int> LookAsync(string[] options, params string[] settings)
    {
        var file = Path.Combine(_folder.FullName, ".env");
        await File.WriteAllLinesAsync(file, settings, TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return await RunAsync(file, options);
    }

    private Task<int> RunAsync(string file, params string[] options) => SentinelCommand.RunAsync(
        ["doctor", "--env-file", file, .. options], Terminal.To(_output), TestContext.Current.CancellationToken);
}
