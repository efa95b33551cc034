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
    private readonly PageCursors _cursors = new(PageSize);
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

    /// <summary>Where a page begins that is too far down to be found by its number.</summary>
    [SupplyParameterFromQuery]
    private string? After { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = default!;

    [Inject]
    private BindingCommands Commands { get; set; } = default!;

    [Inject]
    private BulkCommands Bulk { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private DialogService Dialogs { get; set; } = default!;

    private int Number => Math.Max(Page ?? 1, 1);

    private BindingQuery Query => new(State, Q, Ip, Sort, Number, PageSize, Queries.NullIfBlank(After));

    private bool IsFiltered => !string.IsNullOrEmpty(State) || !string.IsNullOrEmpty(Q) || !string.IsNullOrEmpty(Ip);

    private EventCallback Changed => EventCallback.Factory.Create(this, ReloadAsync);

    protected override async Task OnInitializedAsync()
    {
        var user = (await Session).User;
        _mayChoose = user.IsInRole("operator") || user.IsInRole("admin");
    }

    private static long FirstOf(int page) => ((long)(page - 1) * PageSize) + 1;

    private async Task<ApiAnswer<BindingPage>> LoadAsync(CancellationToken cancellationToken)
    {
        var (query, number) = (Query, Number);
        var answer = await Api.BindingsAsync(query, cancellationToken);
        _cursors.Note(query with { Page = 1, Cursor = null }, number, query.Cursor, answer.Value?.Next);
        return answer;
    }

    private string AddressOf(int page)
    {
        var (number, cursor) = _cursors.WayTo(page);
        return Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
        {
            ["page"] = number == 1 ? null : number,
            ["after"] = cursor,
        });
    }

    private Task ReloadAsync() => _list?.ReloadAsync() ?? Task.CompletedTask;

    private void Show(string filter, ChangeEventArgs change) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
        {
            [filter.ToLowerInvariant()] = Queries.NullIfBlank((string?)change.Value),
            ["page"] = null,
            ["after"] = null,
        }));

    private async Task RegisterAsync()
    {
        if (await Commands.RegisterAsync(Changed))
        {
            await ReloadAsync();
        }
    }

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

    private Task BanChosenAsync() => DoAsync(Bulk.BanManyAsync(Chosen(isBanned: false), Changed));

    private Task UnbanChosenAsync() => DoAsync(Bulk.UnbanManyAsync(Chosen(isBanned: true), Changed));

    private Task UnbindChosenAsync() => DoAsync(Bulk.UnbindManyAsync(Chosen(isBanned: false)));

    private Task LabelChosenAsync() => DoAsync(Bulk.LabelManyAsync([.. _chosen.Values], Changed));

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
