using System.Globalization;
using Spectre.Console;

namespace Sentinel.Cli.Bench;

/// <summary>The outcome as text.</summary>
internal static class Report
{
    public static void Print(ContestResult contest, IAnsiConsole console)
    {
        console.MarkupLineInterpolated($"{contest.Machine}");
        console.MarkupLineInterpolated(
            $"Medians of {contest.Rounds} rounds; {Plan.Connections} connections, then one; answers of 200 bytes.");
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumn("contender");
        string[] numbers = ["requests/s", "lowest", "highest", "p50 µs", "p99 µs", "p50 µs alone", "CPU µs"];
        foreach (var name in numbers)
        {
            table.AddColumn(new TableColumn(name).RightAligned());
        }

        foreach (var it in contest.Results)
        {
            table.AddRow(
                it.Name, Number(it.Rps), Number(it.RoundsPerSecond.Min()), Number(it.RoundsPerSecond.Max()),
                Number(it.P50Us), Number(it.P99Us), Number(it.P50AloneUs), Number(it.CpuUs));
        }

        console.Write(table);
        foreach (var (name, ratio) in contest.Ratios)
        {
            var (lowest, highest) = contest.Spread[name];
            var latency = contest.LatencyRatios[name];
            console.MarkupLineInterpolated(
                $"{name,-26} throughput × {ratio:0.00} ({lowest:0.00}-{highest:0.00}), latency × {latency:0.00}");
        }

        foreach (var it in contest.Streams)
        {
            console.MarkupLineInterpolated(
                $"{it.Name,-26} events after {it.FirstMs:0.00} ms, then {it.EventMs:0.00} (p95 {it.EventP95Ms:0.00})");
        }

        var memory = contest.Memory;
        console.MarkupLineInterpolated(
            $"sentinel with {memory.Keys:N0} bound keys in use: at most {memory.MostMemoryMb:N0} MB");
    }

    private static string Number(double value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
