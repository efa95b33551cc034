using Sentinel.Core.Callers;
using Sentinel.Core.Contracts;
using Sentinel.Core.Decisions;

namespace Sentinel.Storage.Postgres;

/// <summary>Which bindings an operator asks for.</summary>
/// <param name="State">Their state; null for all but claims, which come and go by themselves.</param>
/// <param name="Text">Part of the hint or the label, or an id.</param>
/// <param name="Network">An address or a network that theirs overlap.</param>
/// <param name="Order">How they are sorted.</param>
/// <param name="Offset">How many to leave out.</param>
/// <param name="Limit">How many to return at most.</param>
/// <param name="After">Only what comes after this place in the order.</param>
public sealed record BindingFilter(
    BindingState? State,
    string? Text,
    Network? Network,
    BindingOrder Order,
    int Offset,
    int Limit,
    BindingPosition? After = null);

/// <summary>A place in a sorted list of bindings.</summary>
/// <param name="Key">What the list is sorted by: a time (null for never) or a hint.</param>
/// <param name="Id">Which of those with that key it is.</param>
public sealed record BindingPosition(object? Key, Guid Id)
{
    /// <summary>The place of a binding.</summary>
    public static BindingPosition Of(BindingItem item, BindingOrder order)
    {
        ArgumentNullException.ThrowIfNull(item);
        object? key = order switch
        {
            BindingOrder.NewestFirst or BindingOrder.OldestFirst => item.CreatedAt,
            BindingOrder.HintAscending or BindingOrder.HintDescending => item.Hint,
            _ => item.LastUsedAt,
        };
        return new BindingPosition(key, item.Id);
    }
}

/// <summary>How a list of bindings is sorted.</summary>
public enum BindingOrder
{
    NewestFirst,
    OldestFirst,
    LatestUseFirst,
    EarliestUseFirst,
    HintAscending,
    HintDescending,
}
