using System.Diagnostics;
using System.Net;
using Sentinel.Cli;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Distributed;

/// <summary>The verbs in the folder of a stack, where nobody names a database or a folder of secrets.</summary>
[Collection(nameof(Installation))]
public sealed class LocalBackupTests(Installation installation) : IDisposable
{
    private readonly DirectoryInfo _folder = ServerProcess.NewFolder();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Binding_of_the_stack_that_is_up_is_saved_and_comes_back()
    {
        const string owner = "203.0.113.77";
        await IsUpAsync();
        using var client = installation.ClientFrom(owner);
        using var response = await client.UseKeyAsync(The.Key);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var binding = await installation.BindingOfAsync(owner);

        var saved = await RunAsync("backup", "-o", "a.backup");
        await using (var command = installation.Database.CreateCommand("DELETE FROM bindings WHERE fingerprint = $1"))
        {
            command.Parameters.AddWithValue(Convert.FromHexString(binding.Fingerprint));
            Assert.Equal(1, await command.ExecuteNonQueryAsync(Cancel));
        }

        var restored = await RunAsync("restore", "a.backup");

        Assert.True(saved.ExitCode == ExitCode.Done, saved.Said);
        Assert.True(restored.ExitCode == ExitCode.Done, restored.Said);
        Assert.Equal(["203.0.113.77/32"], (await installation.BindingOfAsync(owner)).Networks);
    }

    [Fact]
    public async Task Where_no_stack_is_up_that_is_said()
    {
        var (exitCode, said) = await RunAsync("backup");

        Assert.Equal(ExitCode.SomethingMissing, exitCode);
        Assert.Contains("No stack is up here", said, StringComparison.Ordinal);
        Assert.Contains("PG_DSN", said, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Goes where the stack is; its status says where its settings are.</summary>
    private async Task IsUpAsync()
    {
        _ = Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, ".sentinel"), installation.State.Path);
        await Eventually.Holds(async () => (await File.ReadAllTextAsync(
            Path.Combine(installation.State.Path, "run", "status.json"), Cancel)).Contains("settingsFile"));
        var settings = Path.Combine(installation.State.Path, "run", "stack.env");
        Assert.True(OperatingSystem.IsWindows()
            || File.GetUnixFileMode(settings) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    private async Task<(int ExitCode, string Said)> RunAsync(params string[] verb)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Sentinel.Cli.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. verb])
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SENTINEL_BACKUP_PASSPHRASE"] = "correct horse battery staple";
        using var process = Process.Start(start)!;
        var said = await Task.WhenAll(
            process.StandardOutput.ReadToEndAsync(Cancel), process.StandardError.ReadToEndAsync(Cancel));
        await process.WaitForExitAsync(Cancel);
        return (process.ExitCode, string.Join('\n', said).ReplaceLineEndings(" "));
    }
}
