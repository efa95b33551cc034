using System.CommandLine;
using System.Globalization;
using Sentinel.Cli.Admin;
using Sentinel.Core.Contracts;

namespace Sentinel.Cli;

/// <summary><c>audit</c>: who changed what, and whether that record is whole.</summary>
internal sealed class AuditVerb
{
    private readonly Option<string?> _actor = new("--actor") { Description = "Only what this operator did." };
    private readonly Option<string?> _action = new("--action") { Description = "Such as binding.banned." };
    private readonly Option<string?> _cursor = new("--cursor") { Description = "What comes before this entry." };

    public static Command Create(Terminal terminal) => new AuditVerb().Build(terminal);

    private Command Build(Terminal terminal) =>
        new AdminVerb(terminal, "audit", "Who changed what.")
            .Add("list", "The newest changes.", ListAsync, _actor, _action, _cursor)
            .Add("verify", "Whether no entry was changed or taken out.", VerifyAsync)
            .Command;

    private async Task<int> ListAsync(AdminCall call)
    {
        var page = await call.Client.GetAsync<AuditPage>(
            AdminCall.Path(
                "audit", ("actor", call.Parsed.GetValue(_actor)), ("action", call.Parsed.GetValue(_action)),
                ("cursor", call.Parsed.GetValue(_cursor))),
            call.Cancel);
        var shown = call.Show(
            page,
            page.Items.Select(it => new[]
            {
                it.Id.ToString(CultureInfo.InvariantCulture), AdminCall.Time(it.OccurredAt), it.Actor, it.Caller ?? "",
                it.Action, it.Target,
            }),
            "entry", "time (UTC)", "who", "from", "what", "to what");
        return page.Next is null ? shown : call.Say($"Next: --cursor {page.Next}");
    }

    private static async Task<int> VerifyAsync(AdminCall call)
    {
        var verdict = await call.Client.GetAsync<AuditVerdict>("audit/verify", call.Cancel);
        _ = call.Show(
            verdict,
            [
                ["entries", AdminCall.Number(verdict.Count)], ["intact", verdict.IsIntact ? "yes" : "no"],
                ["broken at", AdminCall.Number(verdict.BrokenAt)], ["head", verdict.Head ?? ""],
            ],
            "what", "value");
        return verdict.IsIntact ? ExitCode.Done : ExitCode.Failed;
    }
}
