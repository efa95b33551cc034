using Microsoft.AspNetCore.Components;
using Radzen;
using Sentinel.AdminUi.Api;
using Sentinel.AdminUi.Components.Shared;
using Sentinel.Core.Contracts;

namespace Sentinel.AdminUi.Components.Pages;

/// <summary>All filters live in the address, so that a view can be kept and handed on.</summary>
public sealed partial class Bindings
{
    private const int PageSize = 20;

    private static readonly string[] _states = ["active", "banned", "archived", "contested", "claimed"];

    private Load<BindingPage>? _list;

    [SupplyParameterFromQuery]
    private string? State { get; set; }

    [SupplyParameterFromQuery]
    private string? Q { get; set; }

    [SupplyParameterFromQuery]
    private string? Ip { get; set; }

    [SupplyParameterFromQuery]
    private string? Sort { get; set; }

    [SupplyParameterFromQuery]
    private int? Page { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private DialogService Dialogs { get; set; } = default!;

    private BindingQuery Query => new(State, Q, Ip, Sort, Math.Max(Page ?? 1, 1), PageSize);

    private bool IsFiltered => !string.IsNullOrEmpty(State) || !string.IsNullOrEmpty(Q) || !string.IsNullOrEmpty(Ip);

    private Task<ApiAnswer<BindingPage>> LoadAsync(CancellationToken cancellationToken) =>
        Api.BindingsAsync(Query, cancellationToken);

    private Task ReloadAsync() => _list?.ReloadAsync() ?? Task.CompletedTask;

    private void Show(string filter, ChangeEventArgs change) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
        {
            [filter.ToLowerInvariant()] = Queries.NullIfBlank((string?)change.Value),
            ["page"] = null,
        }));

    private async Task OpenAsync(BindingItem item)
    {
        await BindingDrawer.OpenAsync(Dialogs, T, item.Id);
        await ReloadAsync();
    }
}
