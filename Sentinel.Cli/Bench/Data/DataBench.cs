using System.Diagnostics;
using System.Net.Http.Json;
using Sentinel.Core.Contracts;
using Spectre.Console;

namespace Sentinel.Cli.Bench.Data;

/// <summary>Asks, exports and sweeps, one after the other.</summary>
internal sealed class DataBench(DataLab lab, DataPlan plan, IAnsiConsole progress)
{
    private static readonly TimeSpan _calm = TimeSpan.FromSeconds(20);

    public async Task<DataResult> RunAsync(CancellationToken cancellationToken)
    {
        progress.MarkupLine("Asking …");
        var questions = await new AdminTimes(lab, plan).MeasureAsync(cancellationToken);
        progress.MarkupLine("Exporting …");
        var export = await new ExportMemory(lab, plan).MeasureAsync(cancellationToken);
        progress.MarkupLine("Sweeping …");
        var gate = new GateLoad(lab.Proxy);
        _ = await gate.MeasureAsync(Task.Delay(TimeSpan.FromSeconds(3), cancellationToken), cancellationToken);
        var before = await gate.MeasureAsync(Task.Delay(_calm, cancellationToken), cancellationToken);
        var sweep = SweepAsync(cancellationToken);
        var during = await gate.MeasureAsync(sweep, cancellationToken);
        return new DataResult(Machine.Describe(), plan, questions, export, before, during, await sweep);
    }

    private async Task<SweepResult> SweepAsync(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        using var answer = await lab.Desk.PostAsJsonAsync(
            "/admin/api/retention/run", new RetentionRequest(), cancellationToken);
        var report = await answer.EnsureSuccessStatusCode().Content
            .ReadFromJsonAsync<RetentionReport>(cancellationToken);
        return new SweepResult(report!.Bindings, Math.Round(watch.Elapsed.TotalSeconds, 1));
    }
}
