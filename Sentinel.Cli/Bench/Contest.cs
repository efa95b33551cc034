using Spectre.Console;

namespace Sentinel.Cli.Bench;

/// <summary>Every contender has its turn in every round, each round beginning with another one.</summary>
internal sealed class Contest(Lab lab, Plan plan, IAnsiConsole progress)
{
    private readonly List<(string Name, Sample UnderLoad, Sample Alone)> _turns = [];

    public async Task<ContestResult> RunAsync(CancellationToken cancellationToken)
    {
        progress.MarkupLine("Warming up …");
        foreach (var contender in lab.Contenders)
        {
            await lab.Wrk.MeasureAsync(contender, Plan.Connections, plan.WarmUpSeconds, cancellationToken);
        }

        for (var round = 0; round < plan.Rounds; round++)
        {
            await RunRoundAsync(round, cancellationToken);
        }

        progress.MarkupLine("Following streams …");
        var streams = await new StreamTimes(lab, plan).MeasureAsync(cancellationToken);
        progress.MarkupLineInterpolated($"Using {plan.Keys:N0} keys …");
        var memory = await new ManyKeys(lab, plan).MeasureAsync(cancellationToken);
        var results = lab.Contenders.Select(it => ResultOf(it.Name));
        return new ContestResult(Machine.Describe(), plan.Rounds, [.. results], streams, memory);
    }

    private async Task RunRoundAsync(int round, CancellationToken cancellationToken)
    {
        var count = lab.Contenders.Count;
        for (var turn = 0; turn < count; turn++)
        {
            var contender = lab.Contenders[(round + turn) % count];
            var sample = await lab.Wrk.MeasureAsync(contender, Plan.Connections, plan.Seconds, cancellationToken);
            var alone = await lab.Wrk.MeasureAsync(contender, 1, plan.SecondsAlone, cancellationToken);
            _turns.Add((contender.Name, sample, alone));
            progress.MarkupLineInterpolated(
                $"[grey]Round {round + 1} of {plan.Rounds}: {contender.Name} {sample.RequestsPerSecond:N0}/s[/]");
        }
    }

    private ContenderResult ResultOf(string name)
    {
        var turns = _turns.Where(turn => turn.Name == name).ToArray();
        return ContenderResult.Of(
            name, [.. turns.Select(turn => turn.UnderLoad)], [.. turns.Select(turn => turn.Alone)]);
    }
}
