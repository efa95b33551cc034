using System.Diagnostics;
using Sentinel.Tests.Conventions;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Distributed.Publishing;

/// <summary>
/// What the AppHost's publish operation writes now. It is told secrets, which must not appear in any file.
/// </summary>
public sealed class Published : IAsyncLifetime
{
    public const string Secret = "a-secret-of-this-machine-0123456789";

    private readonly StateFolder _state = new();
    private readonly DirectoryInfo _folder = ServerProcess.NewFolder();

    public string Compose => Path.Combine(_folder.FullName, "compose");

    public string Chart => Path.Combine(_folder.FullName, "kubernetes");

    public async ValueTask InitializeAsync()
    {
        await PublishAsync("compose", Compose);
        await PublishAsync("kubernetes", Chart);
    }

    public ValueTask DisposeAsync()
    {
        _state.Dispose();
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>All files below a folder, by their path in it.</summary>
    public static IEnumerable<(string Name, string Text)> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => (Path.GetRelativePath(folder, path), File.ReadAllText(path)))
            .OrderBy(file => file.Item1, StringComparer.Ordinal);

    /// <summary>What is checked in as the result.</summary>
    public static string Kept(string target) => Path.Combine(Tree.Root, "deploy", target);

    public async Task PublishAsync(string target, string folder)
    {
        var start = new ProcessStartInfo("dotnet", [
            Path.Combine(AppContext.BaseDirectory, "Sentinel.AppHost.dll"), .. _state.Settings,
            "--operation", "publish", "--step", "publish",
            "--output-path", folder, $"--Sentinel:Publish={target}"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var name in (string[])["SENTINEL_HMAC_SECRET", "ADMIN_PASSWORD", "ADMIN_JWT_SECRET", "DOWNSTREAM_URL"])
        {
            start.Environment[name] = Secret;
        }

        start.Environment["ASPIRE_INTERACTIVITY_ENABLED"] = "false";
        using var process = Process.Start(start)!;
        var said = await Task.WhenAll(
            process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, string.Join('\n', said));
    }
}
