using Microsoft.AspNetCore.Components;
using Radzen;
using Sentinel.AdminUi.Api;
using Sentinel.AdminUi.Appearance;
using Sentinel.Core.Contracts;

namespace Sentinel.AdminUi.Components.Shared;

/// <summary>One binding: where it may be used, what happened to it, and everything that can be done about it.</summary>
public sealed partial class BindingDrawer
{
    private Load<BindingDetails>? _details;
    private string? _networks;

    [Parameter, EditorRequired]
    public Guid Id { get; set; }

    [Inject]
    private AdminApiClient Api { get; set; } = default!;

    [Inject]
    private BindingCommands Commands { get; set; } = default!;

    private EventCallback Changed => EventCallback.Factory.Create(this, ReloadAsync);

    internal static Task OpenAsync(DialogService dialogs, Words words, Guid id) =>
        dialogs.OpenSideAsync<BindingDrawer>(
            words["Binding"],
            new Dictionary<string, object?> { [nameof(Id)] = id },
            Drawers.Options(words));

    private Task<ApiAnswer<BindingDetails>> LoadAsync(CancellationToken cancellationToken) =>
        Api.BindingAsync(Id, cancellationToken);

    private Task ReloadAsync() => _details?.ReloadAsync() ?? Task.CompletedTask;

    private async Task SaveNetworksAsync(BindingItem item)
    {
        if (await Commands.SetNetworksAsync(item, NetworkText.Split(_networks), Changed))
        {
            _networks = null;
            await ReloadAsync();
        }
    }

    private async Task SaveLabelAsync(BindingItem item, ChangeEventArgs change)
    {
        await Commands.SetLabelAsync(item, Queries.NullIfBlank((string?)change.Value), Changed);
        await ReloadAsync();
    }
}
