using Microsoft.AspNetCore.Components;
using Sentinel.AdminUi.Api;

namespace Sentinel.AdminUi.Components.Shared;

/// <summary>A list that is read a stretch at a time, the newest first; older entries are added below.</summary>
public sealed partial class Stretches<TItem>
{
    private readonly List<TItem> _older = [];
    private Load<Stretch<TItem>>? _first;
    private string? _next;
    private bool _hasOlder;
    private bool _isBusy;

    /// <summary>Reads the stretch after a cursor; null is the first.</summary>
    [Parameter, EditorRequired]
    public Func<string?, CancellationToken, Task<ApiAnswer<Stretch<TItem>>>> From { get; set; } = default!;

    /// <summary>What the list depends on; another key begins anew.</summary>
    [Parameter]
    public object? Key { get; set; }

    [Parameter]
    public RenderFragment? Empty { get; set; }

    [Parameter, EditorRequired]
    public RenderFragment<IReadOnlyList<TItem>> ChildContent { get; set; } = default!;

    /// <summary>Begins anew, for example after a change.</summary>
    public Task ReloadAsync() => _first?.ReloadAsync() ?? Task.CompletedTask;

    private Task<ApiAnswer<Stretch<TItem>>> FirstAsync(CancellationToken cancellationToken)
    {
        _older.Clear();
        _hasOlder = false;
        return From(null, cancellationToken);
    }

    private async Task LoadOlderAsync(string cursor)
    {
        _isBusy = true;
        var answer = await From(cursor, CancellationToken.None);
        _isBusy = false;
        if (answer.Value is { } stretch)
        {
            _older.AddRange(stretch.Items);
            _next = stretch.Next;
            _hasOlder = true;
        }
    }
}
