using System.Diagnostics;

namespace Sentinel.AppHost;

/// <summary>Finds and runs the programs of the stores that are installed on this machine.</summary>
internal static class NativePrograms
{
    /// <summary>
    /// The folders that may hold a program: those of PATH, and where the packages of PostgreSQL put theirs.
    /// </summary>
    private static IEnumerable<string> Folders =>
    [
        .. Newest("/usr/lib/postgresql", "*/bin"),
        .. Newest("/opt/homebrew/opt", "postgresql@*/bin"),
        .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator),
    ];

    public static string Find(string program, string package, string instead) =>
        Folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists)
            ?? throw new DistributedApplicationException(
                $"{program} is not installed. Install the package {package} or set {instead} to a server of yours.");

    /// <exception cref="DistributedApplicationException">The program ended with another code than 0.</exception>
    public static async Task RunAsync(
        IEnumerable<string> command, string input, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(command.First(), command.Skip(1))
        {
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var problem = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new DistributedApplicationException($"{start.FileName} failed: {problem.Trim()} {await output}");
        }
    }

    /// <summary>
    /// Ends the server that a killed run left behind: the process that the pid file names, if its command line says
    /// that it works on this folder.
    /// </summary>
    public static async Task EndOrphanAsync(string pidFile, string folder, CancellationToken cancellationToken)
    {
        if (!File.Exists(pidFile) || !int.TryParse(File.ReadLines(pidFile).FirstOrDefault(), out var id))
        {
            return;
        }

        var commandLine = $"/proc/{id}/cmdline";
        if (File.Exists(commandLine)
            && (await File.ReadAllTextAsync(commandLine, cancellationToken)).Contains(folder, StringComparison.Ordinal))
        {
            using var orphan = Process.GetProcessById(id);
            await RunAsync(["kill", "-INT", $"{id}"], input: "", cancellationToken);
            await orphan.WaitForExitAsync(cancellationToken);
        }

        File.Delete(pidFile);
    }

    private static IEnumerable<string> Newest(string folder, string pattern) =>
        Directory.Exists(folder)
            ? Directory.EnumerateDirectories(folder, pattern.Split('/')[0])
                .OrderByDescending(version => version.Length)
                .ThenByDescending(version => version, StringComparer.Ordinal)
                .Select(version => Path.Combine(version, pattern.Split('/')[1]))
            : [];
}
