using System.CommandLine;
using Sentinel.Cli.Admin;
using Sentinel.Core.Contracts;

namespace Sentinel.Cli;

/// <summary><c>alerts</c>: whether they arrive.</summary>
internal sealed class AlertsVerb
{
    private readonly Option<string?> _state = new("--state")
    {
        Description = "pending, delivered, failed or skipped.",
    };

    private readonly Option<string?> _cursor = new("--cursor") { Description = "What comes behind the page before." };
    private readonly Argument<Guid> _id = new("id") { Description = "The alert." };

    public static Command Create(Terminal terminal) => new AlertsVerb().Build(terminal);

    private Command Build(Terminal terminal) =>
        new AdminVerb(terminal, "alerts", "Whether alerts arrive.")
            .Add("test", "Sends one to the webhook at once.", TestAsync)
            .Add("deliveries", "What became of the newest alerts.", ListAsync, _state, _cursor)
            .Add("replay", "Sends one again, under the same id.", ReplayAsync, _id)
            .Command;

    private static async Task<int> TestAsync(AdminCall call)
    {
        var delivery = await call.Client.SendAsync<Delivery>(HttpMethod.Post, "alerts/test", null, call.Cancel);
        _ = Show(call, delivery, [delivery]);
        return delivery.State == "delivered" ? ExitCode.Done : ExitCode.Failed;
    }

    private async Task<int> ListAsync(AdminCall call)
    {
        var page = await call.Client.GetAsync<DeliveryPage>(
            AdminCall.Path(
                "alerts/deliveries", ("state", call.Parsed.GetValue(_state)),
                ("cursor", call.Parsed.GetValue(_cursor))),
            call.Cancel);
        var shown = Show(call, page, page.Items);
        return page.Next is null ? shown : call.Say($"Next: --cursor {page.Next}");
    }

    private async Task<int> ReplayAsync(AdminCall call)
    {
        var delivery = await call.Client.SendAsync<Delivery>(
            HttpMethod.Post, $"alerts/deliveries/{call.Parsed.GetValue(_id)}/replay", null, call.Cancel);
        return Show(call, delivery, [delivery]);
    }

    private static int Show<T>(AdminCall call, T answer, IReadOnlyList<Delivery> deliveries) => call.Show(
        answer,
        deliveries.Select(it => new[]
        {
            $"{it.Id}", AdminCall.Time(it.CreatedAt), it.Event.Hint, it.Event.Reason, AdminCall.Number(it.Event.Count),
            it.State, AdminCall.Number(it.Attempts), it.LastError ?? "",
        }),
        "id", "raised (UTC)", "key", "reason", "times", "state", "attempts", "last error");
}
