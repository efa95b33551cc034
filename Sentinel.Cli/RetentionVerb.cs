using System.CommandLine;
using Sentinel.Cli.Admin;
using Sentinel.Core.Contracts;

namespace Sentinel.Cli;

/// <summary><c>retention</c>: what is old, and that it goes.</summary>
internal static class RetentionVerb
{
    public static Command Create(Terminal terminal) =>
        new AdminVerb(terminal, "retention", "What is old, and that it goes.")
            .Add("plan", "Tells what a sweep would remove.", call => RunAsync(call, dryRun: true))
            .Add("run", "Sweeps at once.", call => RunAsync(call, dryRun: false))
            .Command;

    private static async Task<int> RunAsync(AdminCall call, bool dryRun)
    {
        var report = await call.Client.SendAsync<RetentionReport>(
            HttpMethod.Post, "retention/run", new RetentionRequest(dryRun), call.Cancel);
        return call.Show(
            report,
            [
                ["bindings archived", AdminCall.Number(report.Bindings)],
                ["months dropped", string.Join(", ", report.Partitions.Select(month => month.Name))],
                ["claims removed", AdminCall.Number(report.Claims)],
                ["deliveries removed", AdminCall.Number(report.Deliveries)],
            ],
            dryRun ? "what would go" : "what went",
            "how much");
    }
}
