using System.Globalization;
using Spectre.Console;

namespace Sentinel.Cli.Bench.Data;

/// <summary>The outcome as text.</summary>
internal static class DataReport
{
    public static void Print(DataResult result, IAnsiConsole console)
    {
        console.MarkupLineInterpolated($"{result.Machine}");
        console.MarkupLineInterpolated($"{result.Plan.Bindings:N0} bindings, {result.Plan.Intercepts:N0} intercepts.");
        var table = new Table().Border(TableBorder.Rounded).AddColumn("question");
        string[] numbers = ["p50 ms", "p95 ms", ""];
        foreach (var name in numbers)
        {
            table.AddColumn(new TableColumn(name).RightAligned());
        }

        foreach (var it in result.Questions)
        {
            table.AddRow(it.Name, Number(it.P50Ms), Number(it.P95Ms), Verdict(it.Passes));
        }

        console.Write(table);
        console.MarkupLine(string.Create(
            CultureInfo.InvariantCulture,
            $"export   {result.Export.Rows:N0} rows in {result.Export.Seconds:0.0} s, at most "
            + $"{result.Export.MostMemoryMb:0} MB {Verdict(result.Export.MostMemoryMb <= DataPlan.MaxMemoryMb)}"));
        console.MarkupLine(string.Create(
            CultureInfo.InvariantCulture,
            $"sweep    {result.Sweep.Archived:N0} bindings in {result.Sweep.Seconds:0.0} s; the gate's p99 "
            + $"{result.GateBefore.P99Ms:0.00} ms before, {result.GateDuringSweep.P99Ms:0.00} ms meanwhile: × "
            + $"{result.Slowdown:0.00} {Verdict(result.Slowdown <= DataPlan.MaxSlowdown)}"));
        console.MarkupLine(result.Passes ? "[green]All of it passes.[/]" : "[red]Not all of it passes.[/]");
    }

    private static string Number(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Verdict(bool passes) => passes ? "[green]passes[/]" : "[red]fails[/]";
}
