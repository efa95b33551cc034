namespace Sentinel.AdminUi.Components.Shared;

/// <summary>
/// The way to each page of a long list. The first 10,000 entries have page numbers; what lies behind is found by the
/// cursor that the page before it gave.
/// </summary>
internal sealed class PageCursors(int pageSize)
{
    private readonly Dictionary<int, string> _known = [];
    private object? _list;

    private int LastNumbered => 10_000 / pageSize;

    /// <summary>Keeps the cursors of a page and of the one behind it; those of another list are forgotten.</summary>
    public void Note(object list, int page, string? own, string? next)
    {
        if (!Equals(_list, list))
        {
            _known.Clear();
            _list = list;
        }

        Keep(page, own);
        Keep(page + 1, next);
    }

    /// <summary>A page to go to: the one asked for, or the last that is found without a cursor.</summary>
    public (int Page, string? Cursor) WayTo(int page) => page <= LastNumbered ? (page, null)
        : _known.TryGetValue(page, out var cursor) ? (page, cursor)
        : (LastNumbered, null);

    private void Keep(int page, string? cursor)
    {
        if (cursor is not null)
        {
            _known[page] = cursor;
        }
    }
}
