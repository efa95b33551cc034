using Sentinel.AdminUi.Api;
using Sentinel.AdminUi.Components.Shared;
using Sentinel.Core.Contracts;

namespace Sentinel.AdminUi.Components.Pages;

/// <summary>What waits for an operator's word, by why it waits.</summary>
public sealed partial class Approvals
{
    private Load<ApprovalList>? _list;

    private static string TitleOf(string state) => state switch
    {
        "contested" => "Seen in several networks",
        "archived" => "Long unused",
        _ => "Refused elsewhere",
    };

    private static string MeaningOf(string state) => state switch
    {
        "contested" => "The key was shared while nothing was enforced. It is bound to the first network you approve.",
        "archived" => "The key was archived and is used again from another network. An approval makes it active.",
        _ => "The key is bound, and somebody uses it from another network. An approval allows that network too.",
    };

    private async Task ApproveAsync(ApprovalItem item)
    {
        var text = item.State == "contested"
            ? T["The key {0} is then bound to {1}, and refused from everywhere else.", item.Hint, item.Network]
            : T["The key {0} can then be used from {1} as well as from {2}.",
                item.Hint, item.Network, string.Join(", ", item.Networks)];
        if (await ConfirmDialog.AskAsync(
            Dialogs, T["Approve {0}?", item.Network], T["Approve"], T["Cancel"], text))
        {
            Outcomes.Say(await Api.ApproveAsync(item), T["{0} is allowed for {1}.", item.Network, item.Hint]);
            await _list!.ReloadAsync();
        }
    }

    private async Task RefuseAsync(ApprovalItem item)
    {
        Outcomes.Say(await Api.RefuseAsync(item), T["{0} stays refused for {1}.", item.Network, item.Hint]);
        await _list!.ReloadAsync();
    }

    private async Task OpenAsync(ApprovalItem item)
    {
        await BindingDrawer.OpenAsync(Dialogs, T, item.BindingId);
        await _list!.ReloadAsync();
    }
}
