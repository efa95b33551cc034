using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;

namespace Sentinel.Cli.Admin;

/// <summary>One run of a sub-verb.</summary>
internal sealed record AdminCall(
    ParseResult Parsed, AdminClient Client, Terminal Terminal, bool Json, CancellationToken Cancel)
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Shows an answer as JSON, if that was asked for, and else as a table.</summary>
    public int Show<T>(T answer, IEnumerable<string[]> rows, params string[] columns)
    {
        if (Json)
        {
            Terminal.Output.Profile.Out.Writer.WriteLine(JsonSerializer.Serialize(answer, _json));
            return ExitCode.Done;
        }

        var table = new Table().Border(TableBorder.Rounded).AddColumns(columns);
        foreach (var row in rows)
        {
            table.AddRow([.. row.Select(Markup.Escape)]);
        }

        Terminal.Output.Write(table);
        return ExitCode.Done;
    }

    /// <summary>Says what was done, unless JSON was asked for.</summary>
    public int Say(string sentence)
    {
        if (!Json)
        {
            Terminal.Output.MarkupLine(Markup.Escape(sentence));
        }

        return ExitCode.Done;
    }

    /// <summary>A path with those fields of a query that have a value.</summary>
    public static string Path(string path, params (string Name, object? Value)[] query)
    {
        var fields = query
            .Select(field => (field.Name, Text: Convert.ToString(field.Value, CultureInfo.InvariantCulture)))
            .Where(field => !string.IsNullOrEmpty(field.Text))
            .Select(field => $"{field.Name}={Uri.EscapeDataString(field.Text!)}")
            .ToArray();
        return fields.Length == 0 ? path : $"{path}?{string.Join('&', fields)}";
    }

    /// <summary>A time as a table shows it, in UTC.</summary>
    public static string Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A number as a table shows it.</summary>
    public static string Number(long? number) => number?.ToString("N0", CultureInfo.InvariantCulture) ?? "";
}
