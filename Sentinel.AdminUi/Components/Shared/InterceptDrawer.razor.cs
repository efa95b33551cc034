using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using Radzen;
using Sentinel.AdminUi.Api;
using Sentinel.AdminUi.Appearance;
using Sentinel.Core.Contracts;

namespace Sentinel.AdminUi.Components.Shared;

/// <summary>The whole story of one refusal, and the two ways to end it.</summary>
public sealed partial class InterceptDrawer
{
    [Parameter, EditorRequired]
    public LogEntry Item { get; set; } = default!;

    [Inject]
    private AdminApiClient Api { get; set; } = default!;

    [Inject]
    private DialogService Dialogs { get; set; } = default!;

    [Inject]
    private Outcomes Outcomes { get; set; } = default!;

    [Inject]
    private IOptions<AdminApiOptions> Options { get; set; } = default!;

    private Uri? TraceAddress => Options.Value.TracesUrl is { } traces && !string.IsNullOrEmpty(Item.TraceId)
        ? new Uri(traces, $"/traces/detail/{Item.TraceId}")
        : null;

    internal static Task OpenAsync(DialogService dialogs, Words words, LogEntry item) =>
        dialogs.OpenSideAsync<InterceptDrawer>(
            words["Intercept"],
            new Dictionary<string, object?> { [nameof(Item)] = item },
            Drawers.Options(words));

    private async Task AllowAsync(Guid id, string caller)
    {
        var answer = await Api.BindingAsync(id, CancellationToken.None);
        if (answer.Value is not { } details)
        {
            Outcomes.Say(answer.Failure, "");
            return;
        }

        var isSure = await ConfirmDialog.AskAsync(
            Dialogs,
            T["Allow {0}?", caller],
            T["Allow"],
            T["Cancel"],
            T["The key {0} can then be used from {1} as well as from {2}.",
                Item.Hint, caller, string.Join(", ", details.Binding.Networks)]);
        if (isSure)
        {
            var request = new NetworksRequest(id, [.. details.Binding.Networks, caller]);
            Close(
                await Api.SetNetworksAsync(request, CancellationToken.None),
                T["{0} is allowed for {1}.", caller, Item.Hint]);
        }
    }

    private async Task BanAsync(Guid id)
    {
        if (await ConfirmDialog.AskToBanAsync(Dialogs, T, Item.Hint))
        {
            Close(await Api.BanAsync(id, CancellationToken.None), T["{0} is banned.", Item.Hint]);
        }
    }

    private void Close(ApiFailure? failure, string success)
    {
        if (Outcomes.Say(failure, success))
        {
            Dialogs.CloseSide();
        }
    }

    private async Task OpenBindingAsync(Guid id)
    {
        await Dialogs.CloseSideAsync();
        await BindingDrawer.OpenAsync(Dialogs, T, id);
    }
}
