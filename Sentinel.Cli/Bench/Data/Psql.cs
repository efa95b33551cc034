using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Sentinel.Cli.Bench.Data;

/// <summary>PostgreSQL's own client, which every PostgreSQL brings.</summary>
internal sealed class Psql(int port)
{
    public async Task RunAsync(string sql, CancellationToken cancellationToken) =>
        _ = await AskAsync(sql, cancellationToken);

    /// <summary>The answer as plain text, a row a line.</summary>
    public Task<string> AskAsync(string sql, CancellationToken cancellationToken) =>
        Tool.RunAsync("psql", [.. Arguments(), "-c", sql], cancellationToken);

    /// <summary>Loads rows by COPY.</summary>
    public async Task CopyAsync(
        string table, string columns, IEnumerable<string> rows, CancellationToken cancellationToken)
    {
        // Without the triggers: what they would write is loaded as well.
        string[] commands =
        [
            "-c", "SET session_replication_role = replica", "-c", $"COPY {table} ({columns}) FROM STDIN",
        ];
        var start = new ProcessStartInfo(Tool.Find("psql")!, [.. Arguments(), .. commands])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        await using (var input = new StreamWriter(
            process.StandardInput.BaseStream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 20))
        {
            foreach (var row in rows)
            {
                await input.WriteAsync(row);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode is not 0)
        {
            throw new VerbException($"{table} could not be loaded: {await errors}{await output}".TrimEnd());
        }
    }

    private string[] Arguments() =>
    [
        "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p",
        port.ToString(CultureInfo.InvariantCulture), "-U", "postgres", "-d", "postgres",
    ];
}
