using System.Globalization;
using Sentinel.Cli;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Distributed.Bundles;

/// <summary>A host without .NET and Docker, set up as the runbook says, on which units are started.</summary>
internal sealed class BundledHost : IDisposable
{
    private readonly DirectoryInfo _root = ServerProcess.NewFolder();
    private readonly Bundle _bundle;

    private BundledHost(Bundle bundle) => _bundle = bundle;

    private string EnvFile => Path.Combine(_root.FullName, "etc", "sentinel", ".env");

    public static async Task<BundledHost> SetUpAsync(Bundle bundle, StoresOfClass stores, Uri downstream)
    {
        var host = new BundledHost(bundle);
        _ = host._root.CreateSubdirectory("opt");
        _ = Directory.CreateSymbolicLink(Path.Combine(host._root.FullName, "opt", "sentinel"), bundle.PathOf());
        await host.SetupAsync("--host", "127.0.0.1");
        await File.AppendAllTextAsync(
            host.EnvFile, $"PG_DSN={stores.Database}\nREDIS_URL={stores.Redis}\nDOWNSTREAM_URL={downstream}\n");
        return host;
    }

    /// <summary>Runs setup for this host, as root would in <c>/etc/sentinel</c>.</summary>
    public async Task SetupAsync(params string[] options)
    {
        await using var said = new StringWriter(CultureInfo.InvariantCulture);
        var exitCode = await SentinelCommand.RunAsync(
            ["setup", "--production", "-o", Path.GetDirectoryName(EnvFile)!, .. options], Terminal.To(said));
        Assert.True(exitCode == ExitCode.Done, said.ToString());
    }

    /// <summary>What setup wrote.</summary>
    public string Setting(string name) => File.ReadLines(EnvFile)
        .Last(line => line.StartsWith($"{name}=", StringComparison.Ordinal))[(name.Length + 1)..];

    /// <summary>Starts a unit on any free port.</summary>
    public async Task<BundledApp> StartAsync(string unit)
    {
        var file = UnitFile.Read(_bundle.PathOf("systemd", unit), _root.FullName, instance: "8081");
        var credentials = _root.CreateSubdirectory(Path.GetRandomFileName());
        file.LoadCredentials(credentials);
        foreach (var folder in file.Folders)
        {
            _ = Directory.CreateDirectory(folder);
        }

        if (file.Before is { } script)
        {
            await ServerProcess.RunAsync("env", $"CREDENTIALS_DIRECTORY={credentials.FullName}", "sh", "-c", script);
        }

        return await BundledApp.StartAsync(file.Program, file.Environment);
    }

    /// <summary>Has systemd itself read the units, where it is.</summary>
    public async Task VerifyUnitsAsync()
    {
        foreach (var path in Directory.EnumerateFiles(_bundle.PathOf("systemd")))
        {
            var name = Path.GetFileName(path).Replace("@.", "@8081.", StringComparison.Ordinal);
            var unit = Path.Combine(_root.FullName, name);
            await File.WriteAllTextAsync(unit, UnitFile.Move(await File.ReadAllTextAsync(path), _root.FullName));
            await ServerProcess.RunAsync(
                "sh", "-c", "said=$(systemd-analyze verify --man=no \"$0\" 2>&1) && test -z \"$said\" || "
                    + "{ echo \"$said\" >&2; exit 1; }", unit);
        }
    }

    public void Dispose() => _root.Delete(recursive: true);
}
