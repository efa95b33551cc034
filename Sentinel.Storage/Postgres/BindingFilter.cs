using Sentinel.Core.Callers;
using Sentinel.Core.Decisions;

namespace Sentinel.Storage.Postgres;

/// <summary>Which bindings an operator asks for.</summary>
/// <param name="State">Their state; null for all but claims, which come and go by themselves.</param>
/// <param name="Text">Part of the hint or the label, or an id.</param>
/// <param name="Network">An address or a network that theirs overlap.</param>
/// <param name="Order">How they are sorted.</param>
/// <param name="Offset">How many to leave out.</param>
/// <param name="Limit">How many to return at most.</param>
public sealed record BindingFilter(
    BindingState? State,
    string? Text,
    Network? Network,
    BindingOrder Order,
    int Offset,
    int Limit);

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
