using System.Diagnostics;

namespace Sentinel.Cli.Bench;

/// <summary>Programs of the machine that run to their end.</summary>
internal static class Tool
{
    /// <summary>Fails with the package that is missing, if one is.</summary>
    public static void Require(params (string Program, string Package)[] tools)
    {
        var missing = tools.Where(tool => Find(tool.Program) is null).Select(tool => tool.Package).ToArray();
        if (missing.Length > 0)
        {
            var packages = string.Join(' ', missing);
            throw new VerbException(
                $"Missing: {packages}. On Debian: apt-get install {packages}", ExitCode.SomethingMissing);
        }
    }

    /// <summary>Where a program is: in the path, with the system's own tools, or with PostgreSQL's servers.</summary>
    public static string? Find(string program)
    {
        string[] folders =
        [
            .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'), "/usr/sbin", "/usr/lib/nginx/modules",
            .. Directory.Exists("/usr/lib/postgresql")
                ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(it => $"{it}/bin")
                : [],
        ];
        return folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
    }

    /// <summary>Runs a program and gives what it printed.</summary>
    public static async Task<string> RunAsync(
        string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Find(program) ?? program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode is 0
                ? output
                : throw new VerbException($"{program} failed: {output}{await errors}".TrimEnd());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
