using System.Globalization;
using Sentinel.AdminApi.Problems;
using Sentinel.Core.Callers;
using Sentinel.Core.Decisions;
using Sentinel.Storage.Postgres;

namespace Sentinel.AdminApi.Bindings;

/// <summary>The query of the list, as it was typed: so that each field can say what is wrong with it.</summary>
internal sealed record BindingListRequest(
    string? Page, string? PageSize, string? Cursor, string? State, string? Q, string? Ip, string? Sort)
{
    private const int MaxPageSize = 200;
    private const int MaxOffset = 10_000;
    private const int MaxTextLength = 100;

    private static readonly Dictionary<string, BindingOrder> _orders = new()
    {
        ["-createdAt"] = BindingOrder.NewestFirst,
        ["createdAt"] = BindingOrder.OldestFirst,
        ["-lastUsedAt"] = BindingOrder.LatestUseFirst,
        ["lastUsedAt"] = BindingOrder.EarliestUseFirst,
        ["hint"] = BindingOrder.HintAscending,
        ["-hint"] = BindingOrder.HintDescending,
    };

    private static readonly Dictionary<string, BindingState> _states =
        Enum.GetValues<BindingState>().ToDictionary(state => state.ToString().ToLowerInvariant());

    /// <summary>Reads all fields and notes what cannot be read.</summary>
    public BindingFilter Read(FieldErrors errors)
    {
        var page = ReadNumber(Page, otherwise: 1, MaxOffset, "page", errors);
        var size = ReadNumber(PageSize, otherwise: 50, MaxPageSize, "pageSize", errors);
        var offset = (page - 1) * size;
        errors.Check(offset < MaxOffset, "page", $"Only the first {MaxOffset} have pages. Follow the cursor.");
        errors.Check(Q is null or { Length: <= MaxTextLength }, "q", $"At most {MaxTextLength} characters.");

        var order = BindingOrder.NewestFirst;
        var isOrder = string.IsNullOrEmpty(Sort) || _orders.TryGetValue(Sort, out order);
        errors.Check(isOrder, "sort", $"One of {string.Join(", ", _orders.Keys)}.");

        BindingPosition? after = null;
        var isCursor = string.IsNullOrEmpty(Cursor) || BindingCursor.TryRead(Cursor, order, out after);
        errors.Check(isCursor, "cursor", "Not one of ours for this order.");
        errors.Check(after is null || page == 1, "page", "Either a page or a cursor.");

        var text = string.IsNullOrWhiteSpace(Q) ? null : Q.Trim();
        return new BindingFilter(ReadState(errors), text, ReadNetwork(errors), order, offset, size, after);
    }

    private static int ReadNumber(string? text, int otherwise, int limit, string field, FieldErrors errors)
    {
        if (string.IsNullOrEmpty(text))
        {
            return otherwise;
        }

        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= 1 && number <= limit;
        errors.Check(isNumber, field, $"A number from 1 to {limit}.");
        return isNumber ? number : otherwise;
    }

    private BindingState? ReadState(FieldErrors errors)
    {
        if (string.IsNullOrEmpty(State))
        {
            return null;
        }

        errors.Check(_states.TryGetValue(State, out var state), "state", $"One of {string.Join(", ", _states.Keys)}.");
        return state;
    }

    private Network? ReadNetwork(FieldErrors errors)
    {
        if (string.IsNullOrEmpty(Ip))
        {
            return null;
        }

        errors.Check(Network.TryParse(Ip, out var network), "ip", FieldErrors.NetworkExpected);
        return network;
    }
}
