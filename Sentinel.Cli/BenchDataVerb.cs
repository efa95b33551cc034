using System.CommandLine;
using Sentinel.Cli.Bench.Data;

namespace Sentinel.Cli;

/// <summary><c>bench data</c>: whether the admin API stays quick, small and unobtrusive with much data.</summary>
internal static class BenchDataVerb
{
    public static Command Create(Terminal terminal)
    {
        var tenth = new Option<bool>("--tenth") { Description = "A tenth of the data." };
        var json = new Option<bool>("--json") { Description = "Prints the result as JSON." };
        var verb = new Command("data", "A million bindings, ten million intercepts: lists, export and the sweep.")
        {
            tenth, json,
        };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var plan = parsed.GetValue(tenth) ? DataPlan.Tenth : DataPlan.Full;
            await using var lab = await DataLab.OpenAsync(plan, terminal.Errors, cancellationToken);
            var result = await new DataBench(lab, plan, terminal.Errors).RunAsync(cancellationToken);
            if (parsed.GetValue(json))
            {
                await terminal.Output.Profile.Out.Writer.WriteLineAsync(result.ToJson());
            }
            else
            {
                DataReport.Print(result, terminal.Output);
            }

            return result.Passes ? ExitCode.Done : ExitCode.Failed;
        });
        return verb;
    }
}
