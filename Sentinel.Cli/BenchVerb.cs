using System.CommandLine;
using Sentinel.Cli.Bench;

namespace Sentinel.Cli;

/// <summary><c>bench</c>: what the gate costs, against YARP and nginx in the same run.</summary>
internal static class BenchVerb
{
    public static Command Create(Terminal terminal)
    {
        var quick = new Option<bool>("--quick") { Description = "Ends within a minute; its numbers inform only." };
        var json = new Option<bool>("--json") { Description = "Prints the result as JSON." };
        var rounds = new Option<int?>("--rounds") { Description = "How many rounds, instead of 15 (quick: 3)." };
        rounds.Validators.Add(parsed =>
        {
            if (parsed.GetValue(rounds) is < 1 or > 1000)
            {
                parsed.AddError("--rounds takes a number from 1 to 1000.");
            }
        });
        var verb = new Command("bench", "Measures what the gate costs, beside YARP and nginx.")
        {
            quick, json, rounds, BenchDataVerb.Create(terminal), BenchConsoleVerb.Create(terminal),
        };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var plan = parsed.GetValue(quick) ? Plan.Quick : Plan.Full;
            plan = plan with { Rounds = parsed.GetValue(rounds) ?? plan.Rounds };
            await using var lab = await Lab.OpenAsync(plan, terminal.Errors, cancellationToken);
            var result = await new Contest(lab, plan, terminal.Errors).RunAsync(cancellationToken);
            if (parsed.GetValue(json))
            {
                await terminal.Output.Profile.Out.Writer.WriteLineAsync(result.ToJson());
            }
            else
            {
                Report.Print(result, terminal.Output);
            }

            return ExitCode.Done;
        });
        return verb;
    }
}
