using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Sentinel.Cli.Bench;
using Spectre.Console;

namespace Sentinel.Cli;

/// <summary><c>bench console</c>: whether the console is quick in a real browser with a million bindings.</summary>
internal static class BenchConsoleVerb
{
    private const string Test = "FullyQualifiedName~Sentinel.Tests.Browser.PerformanceTests";

    public static Command Create(Terminal terminal)
    {
        var bindings = new Option<int>("--bindings")
        {
            Description = "How many bindings the list has.",
            DefaultValueFactory = _ => 1_000_000,
        };
        var verb = new Command("console", "A million bindings: pages of the console in a browser.") { bindings };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            terminal.Errors.MarkupLine("Building and measuring …");
            var figures = await MeasureAsync(parsed.GetValue(bindings), cancellationToken);
            Print(figures, terminal.Output);
            return figures.Figures.All(it => it.Passes) ? ExitCode.Done : ExitCode.Failed;
        });
        return verb;
    }

    private static async Task<ConsoleFigures> MeasureAsync(int bindings, CancellationToken cancellationToken)
    {
        Tool.Require(
            ("chromium", "chromium"), ("redis-server", "redis-server"), ("initdb", "postgresql"), ("dotnet", "dotnet"));
        Environment.SetEnvironmentVariable(
            "SENTINEL_BENCH_BINDINGS", bindings.ToString(CultureInfo.InvariantCulture));
        string[] arguments =
        [
            "test", Path.Combine(Sources.Root, "Sentinel.Tests"), "-c", "Release", "--nologo", "-v:q",
            "-p:RunAnalyzers=false", "--filter", Test,
        ];
        _ = await Tool.RunAsync("dotnet", arguments, cancellationToken);
        var file = Path.Combine(Sources.Root, "artifacts", "console-performance.json");
        var text = await File.ReadAllTextAsync(file, cancellationToken);
        return JsonSerializer.Deserialize<ConsoleFigures>(text, JsonSerializerOptions.Web)!;
    }

    private static void Print(ConsoleFigures result, IAnsiConsole console)
    {
        console.MarkupLineInterpolated($"{Machine.Describe()}");
        console.MarkupLineInterpolated($"{result.Bindings:N0} bindings.");
        var table = new Table().Border(TableBorder.Rounded).AddColumn("in the browser");
        string[] numbers = ["median ms", "slowest ms", "limit ms", ""];
        foreach (var name in numbers)
        {
            table.AddColumn(new TableColumn(name).RightAligned());
        }

        foreach (var it in result.Figures)
        {
            table.AddRow(
                $"{it.Name} ({it.Count} times)", $"{it.MedianMs}", $"{it.SlowestMs}", $"{it.LimitMs}",
                it.Passes ? "[green]passes[/]" : "[red]fails[/]");
        }

        console.Write(table);
    }

    /// <summary>What the browser measured.</summary>
    private sealed record ConsoleFigures(int Bindings, IReadOnlyList<ConsoleFigure> Figures);

    /// <summary>How long one thing took; its median has to be within the limit.</summary>
    private sealed record ConsoleFigure(string Name, int LimitMs, int Count, double MedianMs, double SlowestMs)
    {
        public bool Passes => MedianMs <= LimitMs;
    }
}
