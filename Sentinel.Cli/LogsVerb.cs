using System.CommandLine;
using Sentinel.Cli.Admin;
using Sentinel.Core.Contracts;
using Spectre.Console;

namespace Sentinel.Cli;

/// <summary><c>logs list</c> and <c>logs export</c>: what was refused.</summary>
internal sealed class LogsVerb
{
    private readonly Option<string?> _from = new("--from")
    {
        Description = "Since, such as 2026-01-31T12:00Z.",
    };

    private readonly Option<string?> _to = new("--to") { Description = "Until." };
    private readonly Option<string?> _reason = new("--reason")
    {
        Description = "Such as address_mismatch.",
    };

    private readonly Option<string?> _ip = new("--ip") { Description = "From this address or network." };
    private readonly Option<string?> _q = new("--q")
    {
        Description = "Part of the hint, a request or trace id.",
    };

    private readonly Option<int> _limit = new("--limit")
    {
        Description = "How many, at most 500.",
        DefaultValueFactory = _ => 50,
    };

    private readonly Option<string?> _cursor = new("--cursor") { Description = "What comes behind the page before." };

    private readonly Option<string> _format = new Option<string>("--format")
    {
        Description = "csv or ndjson.",
        DefaultValueFactory = _ => "csv",
    }.AcceptOnlyFromAmong("csv", "ndjson");

    private readonly Option<string?> _output = new("--output") { Description = "The file to write to." };

    public static Command Create(Terminal terminal) => new LogsVerb().Build(terminal);

    private Command Build(Terminal terminal) =>
        new AdminVerb(terminal, "logs", "What was refused.")
            .Add("list", "The newest refusals.", ListAsync, _from, _to, _reason, _ip, _q, _limit, _cursor)
            .Add("export", "Writes all that match.", ExportAsync, _from, _to, _reason, _ip, _q, _format, _output)
            .Command;

    private async Task<int> ListAsync(AdminCall call)
    {
        var page = await call.Client.GetAsync<LogPage>(
            Path(call, "logs", ("limit", call.Parsed.GetValue(_limit)), ("cursor", call.Parsed.GetValue(_cursor))),
            call.Cancel);
        var shown = call.Show(
            page,
            page.Items.Select(it => new[]
            {
                AdminCall.Time(it.OccurredAt), it.Reason, it.Hint, it.Caller ?? "unknown",
                string.Join('\n', it.Networks), $"{it.Method} {it.Path}", AdminCall.Number(it.Count), it.RequestId,
            }),
            "time (UTC)", "reason", "key", "from", "bound to", "request", "times", "request id");
        return page.Next is null ? shown : call.Say($"Next: --cursor {page.Next}");
    }

    private async Task<int> ExportAsync(AdminCall call)
    {
        var format = call.Parsed.GetValue(_format)!;
        using var answer = await call.Client.OpenAsync(Path(call, "logs/export", ("format", format)), call.Cancel);
        var file = call.Parsed.GetValue(_output);
        var progress = new ExportProgress(call.Terminal.Errors, call.Parsed.GetValue(_from), call.Parsed.GetValue(_to));
        await using var body = await answer.Content.ReadAsStreamAsync(call.Cancel);
        var lines = await WriteAsync(file, output => progress.CopyAsync(body, output, call.Cancel));
        var rows = AdminCall.Number(format == "csv" ? lines - 1 : lines);
        call.Terminal.Errors.MarkupLineInterpolated($"{rows} rows{(file is null ? "" : $" in {file}")}.");
        return ExitCode.Done;
    }

    /// <summary>Half of an export must not be taken for one: a file is there whole or not at all.</summary>
    private static async Task<long> WriteAsync(string? file, Func<Stream, Task<long>> write)
    {
        if (file is null)
        {
            await using var console = Console.OpenStandardOutput();
            return await write(console);
        }

        var draft = $"{file}.{Environment.ProcessId}";
        try
        {
            long lines;
            await using (var output = File.Create(draft))
            {
                lines = await write(output);
            }

            File.Move(draft, file, overwrite: true);
            return lines;
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private string Path(AdminCall call, string path, params (string Name, object? Value)[] more) => AdminCall.Path(
        path,
        [
            ("from", call.Parsed.GetValue(_from)), ("to", call.Parsed.GetValue(_to)),
            ("reason", call.Parsed.GetValue(_reason)), ("ip", call.Parsed.GetValue(_ip)),
            ("q", call.Parsed.GetValue(_q)), .. more,
        ]);
}
