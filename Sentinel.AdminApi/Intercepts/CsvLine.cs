using System.Buffers;
using System.Globalization;
using System.Text;
using Sentinel.Core.Contracts;

namespace Sentinel.AdminApi.Intercepts;

/// <summary>Writes entries as CSV (RFC 4180) that a spreadsheet shows and never runs.</summary>
internal static class CsvLine
{
    public const string Header =
        "id,occurredAt,reason,hint,bindingId,caller,networks,"
        + "method,path,userAgent,requestId,traceId,count,observed\r\n";

    // A field that begins so is a formula to a spreadsheet; the path and the user agent are the stranger's own words.
    private static readonly SearchValues<char> _formulaStarts = SearchValues.Create("=+-@\t\r\n＝＋－＠");
    private static readonly SearchValues<char> _quoted = SearchValues.Create(",\"\r\n;\t");

    public static void Append(StringBuilder line, LogEntry entry)
    {
        string?[] fields =
        [
            entry.Id.ToString(),
            entry.OccurredAt.UtcDateTime.ToString("o", CultureInfo.InvariantCulture),
            entry.Reason,
            entry.Hint,
            entry.BindingId?.ToString(),
            entry.Caller,
            string.Join(' ', entry.Networks),
            entry.Method,
            entry.Path,
            entry.UserAgent,
            entry.RequestId,
            entry.TraceId,
            entry.Count.ToString(CultureInfo.InvariantCulture),
            entry.Observed ? "true" : "false",
        ];
        line.AppendJoin(',', fields.Select(Field)).Append("\r\n");
    }

    private static string Field(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var isFormula = text.AsSpan().TrimStart() is [var first, ..] && _formulaStarts.Contains(first);
        var harmless = isFormula ? $"'{text}" : text;
        return harmless.AsSpan().ContainsAny(_quoted) ? $"\"{harmless.Replace("\"", "\"\"")}\"" : harmless;
    }
}
