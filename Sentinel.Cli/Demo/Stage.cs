using System.Globalization;
using Sentinel.Core.Contracts;
using Spectre.Console;

namespace Sentinel.Cli.Demo;

/// <summary>Where the story is told: scenes, lines and one table.</summary>
internal sealed class Stage(IAnsiConsole console, Uri? dashboard)
{
    private int _scene;

    public void Scene(string title)
    {
        console.WriteLine();
        console.MarkupLineInterpolated($"[bold]{++_scene}. {title}[/]");
    }

    public void Say(FormattableString line) =>
        console.MarkupLine("   " + string.Format(CultureInfo.InvariantCulture, line.Format, Escape(line)));

    /// <summary>A word of a stream, the moment it comes.</summary>
    public void Word(string word) => console.Markup($"[cyan]{Markup.Escape(word)}[/]");

    public void EndLine() => console.WriteLine();

    public void Row(LogEntry entry)
    {
        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumns("what", "value");
        table.AddRow("reason", $"[red]{Markup.Escape(entry.Reason)}[/]");
        table.AddRow("key", Markup.Escape(entry.Hint));
        table.AddRow("from", Markup.Escape(entry.Caller ?? "unknown"));
        table.AddRow("bound to", Markup.Escape(string.Join(", ", entry.Networks)));
        table.AddRow("request", Markup.Escape($"{entry.Method} {entry.Path}, {entry.RequestId}"));
        table.AddRow("trace", Markup.Escape(Trace(entry.TraceId)));
        console.Write(new Padder(table, new Padding(3, 0, 0, 0)));
    }

    private string Trace(string traceId) => dashboard is null
        ? traceId
        : $"{traceId}{Environment.NewLine}{new Uri(dashboard, $"/traces/detail/{traceId}")}";

    private static object?[] Escape(FormattableString line) =>
        [.. line.GetArguments().Select(argument => Markup.Escape($"{argument}"))];
}
