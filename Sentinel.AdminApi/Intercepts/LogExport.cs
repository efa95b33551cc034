using System.Text;
using System.Text.Json;
using Sentinel.Core.Contracts;
using Sentinel.Storage.Postgres;

namespace Sentinel.AdminApi.Intercepts;

/// <summary>
/// Writes all entries that match, a stretch at a time: neither their number nor the slowness of the reader costs
/// memory, and no statement stays open meanwhile.
/// </summary>
internal sealed class LogExport(InterceptQueries intercepts)
{
    private const int Stretch = 2_000;

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web);

    public Task WriteCsvAsync(InterceptFilter filter, Stream output, CancellationToken cancellationToken) =>
        WriteAsync(filter, output, CsvLine.Header, CsvLine.Append, cancellationToken);

    public Task WriteNdjsonAsync(InterceptFilter filter, Stream output, CancellationToken cancellationToken) =>
        WriteAsync(
            filter,
            output,
            header: "",
            (line, entry) => line.Append(JsonSerializer.Serialize(entry, _json)).Append('\n'),
            cancellationToken);

    private async Task WriteAsync(
        InterceptFilter filter,
        Stream output,
        string header,
        Action<StringBuilder, LogEntry> append,
        CancellationToken cancellationToken)
    {
        // Not disposed: that would begin an answer of 200 even if the first stretch fails, which is 503 or 400.
        var writer = new StreamWriter(output, leaveOpen: true);
        var text = new StringBuilder(header);
        IReadOnlyList<LogEntry> entries;
        do
        {
            entries = await intercepts.ListAsync(filter with { Limit = Stretch }, cancellationToken);
            foreach (var entry in entries)
            {
                append(text, entry);
            }

            await writer.WriteAsync(text, cancellationToken);
            await writer.FlushAsync(cancellationToken);
            _ = text.Clear();
            filter = filter with { After = entries is [.., var last] ? new(last.OccurredAt, last.Id) : null };
        }
        while (entries.Count == Stretch);
    }
}
