using Microsoft.AspNetCore.Components;
using Radzen;
using Sentinel.AdminUi.Appearance;
using Sentinel.Core.Contracts;

namespace Sentinel.AdminUi.Components.Shared;

/// <summary>The whole story of one refusal, and the two ways to end it.</summary>
public sealed partial class InterceptDrawer
{
    [Parameter, EditorRequired]
    public LogEntry Item { get; set; } = default!;

    /// <summary>Called when something that was done here is undone after the drawer is closed.</summary>
    [Parameter]
    public EventCallback Changed { get; set; }

    [Inject]
    private BindingCommands Commands { get; set; } = default!;

    [Inject]
    private DialogService Dialogs { get; set; } = default!;

    /// <summary>Gives whether something was changed.</summary>
    internal static async Task<bool> OpenAsync(
        DialogService dialogs, Words words, LogEntry item, EventCallback changed) =>
        await dialogs.OpenSideAsync<InterceptDrawer>(
            words["Intercept"],
            new Dictionary<string, object?> { [nameof(Item)] = item, [nameof(Changed)] = changed },
            Drawers.Options(words)) is true;

    private async Task CloseAfterAsync(Task<bool> command)
    {
        if (await command)
        {
            Dialogs.CloseSide(true);
        }
    }

    private async Task OpenBindingAsync(Guid id)
    {
        await Dialogs.CloseSideAsync();
        await BindingDrawer.OpenAsync(Dialogs, T, id);
    }
}
