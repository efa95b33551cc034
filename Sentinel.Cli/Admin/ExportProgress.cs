using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Spectre.Console;

namespace Sentinel.Cli.Admin;

/// <summary>
/// Copies an export and shows how far it is. Nobody counts the rows beforehand: they come newest first, so the time of
/// the last one tells how much of the asked span is done; without a beginning only the rows are shown.
/// </summary>
internal sealed partial class ExportProgress(IAnsiConsole console, string? from, string? to)
{
    private readonly DateTimeOffset? _from = Parse(from);
    private readonly DateTimeOffset _to = Parse(to) ?? TimeProvider.System.GetUtcNow();

    /// <returns>How many lines were copied.</returns>
    public Task<long> CopyAsync(Stream body, Stream output, CancellationToken cancellationToken) =>
        console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
            .StartAsync(progress => CopyAsync(
                body, output, progress.AddTask("Exporting …", maxValue: 1), cancellationToken));

    private async Task<long> CopyAsync(
        Stream body, Stream output, ProgressTask task, CancellationToken cancellationToken)
    {
        task.IsIndeterminate = _from is null;
        var buffer = new byte[256 * 1024];
        long lines = 0;
        for (int read; (read = await body.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            await output.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
            task.Description = string.Create(CultureInfo.InvariantCulture, $"{lines:N0} rows");
            task.Value = Math.Max(task.Value, Done(Encoding.Latin1.GetString(buffer, 0, read)));
        }

        await output.FlushAsync(cancellationToken);
        task.Value = 1;
        return lines;
    }

    private double Done(string block)
    {
        if (_from is not { } begin || _to <= begin || Times().Match(block) is not { Success: true } match)
        {
            return 0;
        }

        return Parse(match.Value) is { } last ? Math.Clamp((_to - last) / (_to - begin), 0, 1) : 0;
    }

    private static DateTimeOffset? Parse(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)", RegexOptions.RightToLeft)]
    private static partial Regex Times();
}
