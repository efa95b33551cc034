using Sentinel.Core.Callers;

namespace Sentinel.Storage.Postgres;

/// <summary>Which refusals an operator asks for.</summary>
/// <param name="From">Not before this time.</param>
/// <param name="To">Before this time.</param>
/// <param name="Reason">The stable code.</param>
/// <param name="Network">The address or network of the caller.</param>
/// <param name="Text">Part of the hint, or a whole request id or trace id.</param>
/// <param name="BindingId">The binding of the key.</param>
/// <param name="After">Only what comes after this one in the list, which begins with the newest.</param>
/// <param name="Limit">How many to return at most.</param>
public sealed record InterceptFilter(
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    string? Reason = null,
    Network? Network = null,
    string? Text = null,
    Guid? BindingId = null,
    InterceptPosition? After = null,
    int Limit = 50);

/// <summary>A place in the list of refusals.</summary>
/// <param name="OccurredAt">When that one was refused.</param>
/// <param name="Id">Which of those at that time it is.</param>
public sealed record InterceptPosition(DateTimeOffset OccurredAt, Guid Id);
