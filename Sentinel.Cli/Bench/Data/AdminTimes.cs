using System.Diagnostics;

namespace Sentinel.Cli.Bench.Data;

/// <summary>How long the admin API takes for what an operator asks, one question after the other.</summary>
internal sealed class AdminTimes(DataLab lab, DataPlan plan)
{
    private readonly Random _random = new(1);

    public async Task<IReadOnlyList<QuestionResult>> MeasureAsync(CancellationToken cancellationToken) =>
    [
        await AskAsync("bindings, a page", () => $"bindings?page={_random.Next(1, 190)}", cancellationToken),
        await AskAsync("bindings, by last use", () => "bindings?sort=-lastUsedAt", cancellationToken),
        await AskAsync("bindings, banned", () => "bindings?state=banned", cancellationToken),
        await AskAsync("bindings, by address", () => $"bindings?ip={Address()}", cancellationToken),
        await AskAsync("bindings, by network", () => $"bindings?ip={_random.Next(11, 200)}.0.0.0/8", cancellationToken),
        await AskAsync("bindings, search", () => $"bindings?q={Tail()}", cancellationToken),
        await AskAsync("bindings, common word", () => "bindings?q=team", cancellationToken),
        await AskAsync("log, the newest", () => "logs", cancellationToken),
        await AskAsync("log, by reason", () => "logs?reason=banned", cancellationToken),
        await AskAsync("log, by address", () => $"logs?ip={Address()}", cancellationToken),
        await AskAsync("log, search", () => $"logs?q={Tail()}", cancellationToken),
        await AskAsync("dashboard", () => "dashboard", cancellationToken),
    ];

    private string Address() => DataRows.AddressOf(_random.Next(DataPlan.GateKeys, plan.Bindings));

    private string Tail() => DataRows.HintOf(_random.Next(plan.Bindings))[^4..];

    private async Task<QuestionResult> AskAsync(string name, Func<string> path, CancellationToken cancellationToken)
    {
        const int WarmUp = 5;
        var times = new List<double>();
        for (var i = 0; i < WarmUp + DataPlan.Questions; i++)
        {
            var startedAt = Stopwatch.GetTimestamp();
            using var answer = await lab.Desk.GetAsync($"/admin/api/{path()}", cancellationToken);
            _ = await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(cancellationToken);
            if (i >= WarmUp)
            {
                times.Add(Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds);
            }
        }

        return new QuestionResult(
            name,
            Math.Round(Statistics.Percentile(times, 0.50), 1),
            Math.Round(Statistics.Percentile(times, 0.95), 1));
    }
}

/// <summary>How long one kind of question took, in milliseconds.</summary>
internal sealed record QuestionResult(string Name, double P50Ms, double P95Ms)
{
    public bool Passes => P95Ms <= DataPlan.MaxP95Ms;
}
