using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Sentinel.Tests.Functional.RealClients;

/// <summary>The clients from npm, each a script in <c>Sentinel.Tests/Clients</c>.</summary>
internal static class NodeClients
{
    private static readonly string _folder = Path.GetFullPath(Path.Combine(ThisFolder(), "../../Clients"));

    /// <summary>Runs one call against each target in turn.</summary>
    public static async Task<ClientReport[]> CallAsync(
        string client, string call, CancellationToken cancellationToken, params Target[] targets)
    {
        Assert.True(
            Directory.Exists(Path.Combine(_folder, "node_modules")),
            $"Run 'npm install' in {_folder}; './sentinel test' does it.");
        string[] arguments = [client, call, .. targets.SelectMany(it => new[] { it.Address.ToString(), it.Key })];
        var start = new ProcessStartInfo("node", arguments)
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        Assert.True(process.ExitCode is 0, await errors);
        return JsonSerializer.Deserialize<ClientReport[]>(output, JsonSerializerOptions.Web)!;
    }

    private static string ThisFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
