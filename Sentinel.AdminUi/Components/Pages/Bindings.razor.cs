using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
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

    private readonly Dictionary<Guid, BindingItem> _chosen = [];
    private Load<BindingPage>? _list;
    private bool _mayChoose;

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

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = default!;

    [Inject]
    private BindingCommands Commands { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private DialogService Dialogs { get; set; } = default!;

    private BindingQuery Query => new(State, Q, Ip, Sort, Math.Max(Page ?? 1, 1), PageSize);

    private bool IsFiltered => !string.IsNullOrEmpty(State) || !string.IsNullOrEmpty(Q) || !string.IsNullOrEmpty(Ip);

    private EventCallback Changed => EventCallback.Factory.Create(this, ReloadAsync);

    protected override async Task OnInitializedAsync()
    {
        var user = (await Session).User;
        _mayChoose = user.IsInRole("operator") || user.IsInRole("admin");
    }

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

    private void Choose(BindingItem item, ChangeEventArgs change)
    {
        if (change.Value is true)
        {
            _chosen[item.Id] = item;
        }
        else
        {
            _chosen.Remove(item.Id);
        }
    }

    private void ChooseAll(BindingPage page, ChangeEventArgs change)
    {
        foreach (var item in page.Items)
        {
            Choose(item, change);
        }
    }

    private Task BanChosenAsync() => DoAsync(Commands.BanManyAsync(Chosen(isBanned: false), Changed));

    private Task UnbanChosenAsync() => DoAsync(Commands.UnbanManyAsync(Chosen(isBanned: true), Changed));

    private IReadOnlyList<BindingItem> Chosen(bool isBanned) =>
        [.. _chosen.Values.Where(item => item.State == "banned" == isBanned)];

    private async Task DoAsync(Task<bool> command)
    {
        if (await command)
        {
            _chosen.Clear();
            await ReloadAsync();
        }
    }
}
