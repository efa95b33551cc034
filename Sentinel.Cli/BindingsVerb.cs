using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using Sentinel.Cli.Admin;
using Sentinel.Core.Contracts;

namespace Sentinel.Cli;

/// <summary><c>bindings</c>: which keys may come from where, and what an operator decides about them.</summary>
internal sealed class BindingsVerb
{
    private static readonly string[] _columns = ["id", "key", "state", "networks", "label", "last used (UTC)"];

    private readonly Option<string?> _state = new("--state") { Description = "Only those in this state." };
    private readonly Option<string?> _q = new("--q")
    {
        Description = "Part of the hint or label, or an id.",
    };

    private readonly Option<string?> _ip = new("--ip")
    {
        Description = "Those that an address or network is in.",
    };

    private readonly Option<string?> _sort = new("--sort")
    {
        Description = "Such as -lastUsedAt, createdAt, hint.",
    };

    private readonly Option<int> _page = new("--page")
    {
        DefaultValueFactory = _ => 1,
        Description = "The page.",
    };

    private readonly Option<int?> _pageSize = new("--page-size") { Description = "How many on a page, at most 200." };
    private readonly Option<string?> _cursor = new("--cursor")
    {
        Description = "What comes behind the page that gave it.",
    };

    private readonly Argument<Guid> _id = new("id") { Description = "The binding." };
    private readonly Argument<Guid[]> _ids = new("id")
    {
        Description = "The binding, or several.",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = parsed => [.. parsed.Tokens.Select(token => IdOf(token.Value, parsed))],
    };

    private readonly Option<string?> _next = new("--next")
    {
        Description = "The network that is bound next.",
    };

    private readonly Option<bool> _release = new("--release")
    {
        Description = "Whoever uses the key next has it.",
    };

    private readonly Argument<string> _label = new("label")
    {
        Description = "At most 200 characters; '' for none.",
    };

    private readonly Argument<string[]> _networks = new("network")
    {
        Description = "All networks that it shall have.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Argument<string?> _request = new("request")
    {
        Description = "The x-request-id of a refusal.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<Guid?> _binding = new("--id") { Description = "In place of a request: the binding," };
    private readonly Option<string?> _network = new("--network") { Description = "and the network." };
    private readonly BindingAdd _add = new();

    public static Command Create(Terminal terminal) => new BindingsVerb().Build(terminal);

    private Command Build(Terminal terminal) =>
        new AdminVerb(terminal, "bindings", "Which keys may come from where.")
            .Add("list", "Lists bindings.", ListAsync, _state, _q, _ip, _sort, _page, _pageSize, _cursor)
            .Add("show", "One binding, and where it was refused.", ShowAsync, _id)
            .Add("add", "Binds a key before its first use.", AddAsync, _add.Symbols)
            .Add("ban", "Forbids keys everywhere.", call => SetAsync(call, "ban", "banned"), _ids)
            .Add("unban", "Lifts a ban.", call => SetAsync(call, "unban", "active again"), _ids)
            .Add("unbind", "Frees a key from its networks.", UnbindAsync, _id, _next, _release)
            .Add("label", "Notes what a key is.", LabelAsync, _id, _label)
            .Add("ip", "Says from where a key may come.", SetNetworksAsync, _id, _networks)
            .Add("waiting", "Who waits for an operator's word.", ListWaitingAsync)
            .Add("approve", "Lets a refused caller's network use the key.", ApproveAsync, _request, _binding, _network)
            .Add("refuse", "Says no to a refused caller's network.", RefuseAsync, _request, _binding, _network)
            .Command;

    private async Task<int> ListAsync(AdminCall call)
    {
        var page = await call.Client.GetAsync<BindingPage>(
            AdminCall.Path(
                "bindings", ("state", call.Parsed.GetValue(_state)), ("q", call.Parsed.GetValue(_q)),
                ("ip", call.Parsed.GetValue(_ip)), ("sort", call.Parsed.GetValue(_sort)),
                ("page", call.Parsed.GetValue(_page)), ("pageSize", call.Parsed.GetValue(_pageSize)),
                ("cursor", call.Parsed.GetValue(_cursor))),
            call.Cancel);
        var shown = call.Show(page, page.Items.Select(Row), _columns);
        var about = page.TotalIsEstimate ? "about " : "";
        _ = call.Say($"{page.Items.Count} of {about}{AdminCall.Number(page.Total)}, page {page.Page}."
            + (page.Next is null ? "" : $" Next: --cursor {page.Next}"));
        return shown;
    }

    private async Task<int> ShowAsync(AdminCall call)
    {
        var details = await call.Client.GetAsync<BindingDetails>($"bindings/{call.Parsed.GetValue(_id)}", call.Cancel);
        var it = details.Binding;
        string[][] rows =
        [
            ["id", $"{it.Id}"], ["key", it.Hint], ["state", it.State], ["networks", string.Join('\n', it.Networks)],
            ["label", it.Label ?? ""], ["created", AdminCall.Time(it.CreatedAt)],
            ["first used from", it.FirstUsedFrom ?? ""],
            ["last used", $"{AdminCall.Time(it.LastUsedAt)} {it.LastUsedFrom}"],
            .. details.RecentAddresses.Skip(1).Select(use => new[]
            {
                "used from", $"{AdminCall.Time(use.LastSeenAt)} {use.Address}",
            }),
            .. details.RefusedNetworks.Select(network => new[]
            {
                "refused from",
                $"{network.Network}, {AdminCall.Number(network.Count)} ×, {AdminCall.Time(network.LastSeenAt)}",
            }),
        ];
        return call.Show(details, rows, "what", "value");
    }

    private async Task<int> SetAsync(AdminCall call, string path, string now)
    {
        var done = new List<BulkItem>();
        foreach (var id in call.Parsed.GetValue(_ids)!)
        {
            await call.Client.SendAsync(HttpMethod.Post, $"bindings/{path}", new BindingReference(id), call.Cancel);
            done.Add(new BulkItem(id, (int)HttpStatusCode.NoContent));
            _ = call.Say($"{id} is {now}.");
        }

        return call.Json ? call.Show(new BulkResult(done), []) : ExitCode.Done;
    }

    private async Task<int> UnbindAsync(AdminCall call)
    {
        var request = new UnbindRequest(
            call.Parsed.GetValue(_id), call.Parsed.GetValue(_next), call.Parsed.GetValue(_release));
        await call.Client.SendAsync(HttpMethod.Post, "bindings/unbind", request, call.Cancel);
        return call.Say(request.Next is null
            ? $"{request.Id} is unbound: its next use binds the key."
            : $"{request.Id} is bound to {request.Next}.");
    }

    private async Task<int> LabelAsync(AdminCall call)
    {
        var request = new LabelRequest(call.Parsed.GetValue(_id), call.Parsed.GetValue(_label));
        var changed = await call.Client.SendAsync<BindingItem>(
            HttpMethod.Put, "bindings/label", request, call.Cancel);
        return ShowOne(call, changed);
    }

    private async Task<int> SetNetworksAsync(AdminCall call)
    {
        var request = new NetworksRequest(call.Parsed.GetValue(_id), call.Parsed.GetValue(_networks));
        return ShowOne(
            call, await call.Client.SendAsync<BindingItem>(HttpMethod.Put, "bindings/ip", request, call.Cancel));
    }

    private static async Task<int> ListWaitingAsync(AdminCall call)
    {
        var waiting = await call.Client.GetAsync<ApprovalList>("approvals", call.Cancel);
        return call.Show(
            waiting,
            waiting.Items.Select(it => new[]
            {
                it.Hint, it.State, it.Network, AdminCall.Number(it.Count), AdminCall.Time(it.LastSeenAt),
                it.RequestId ?? "",
            }),
            "key", "state", "asks from", "times", "last (UTC)", "request");
    }

    private async Task<int> AddAsync(AdminCall call) => ShowOne(call, await _add.RunAsync(call));

    private async Task<int> ApproveAsync(AdminCall call) => ShowOne(
        call, await call.Client.SendAsync<BindingItem>(HttpMethod.Post, "bindings/approve", Asked(call), call.Cancel));

    private async Task<int> RefuseAsync(AdminCall call)
    {
        await call.Client.SendAsync(HttpMethod.Post, "bindings/refuse", Asked(call), call.Cancel);
        return call.Say("This network does not ask again.");
    }

    private ApprovalRequest Asked(AdminCall call) =>
        new(call.Parsed.GetValue(_request), call.Parsed.GetValue(_binding), call.Parsed.GetValue(_network));

    private static int ShowOne(AdminCall call, BindingItem binding) =>
        call.Show(binding, [Row(binding)], _columns);

    private static Guid IdOf(string text, ArgumentResult parsed)
    {
        if (!Guid.TryParse(text, out var id))
        {
            parsed.AddError($"'{text}' is not the id of a binding; 'bindings list' shows them.");
        }

        return id;
    }

    private static string[] Row(BindingItem it) =>
    [
        $"{it.Id}", it.Hint, it.State, string.Join('\n', it.Networks), it.Label ?? "", AdminCall.Time(it.LastUsedAt),
    ];
}
