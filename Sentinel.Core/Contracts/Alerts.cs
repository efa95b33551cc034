namespace Sentinel.Core.Contracts;

/// <summary>
/// What an alert tells. A webhook of format <c>generic</c> receives it as JSON, with two more fields.
/// </summary>
/// <param name="Id">Names the alert; the same in every attempt, so that a receiver can drop the second copy.</param>
/// <param name="Kind"><c>intercepts</c>, or <c>test</c> for one that an operator asked for.</param>
/// <param name="OccurredAt">When the threshold was reached.</param>
/// <param name="Hint">What a person may see of the key.</param>
/// <param name="BindingId">The binding of the key, if it has one.</param>
/// <param name="Networks">Where the key may come from, in CIDR notation.</param>
/// <param name="Caller">The address that was refused last.</param>
/// <param name="Reason">Why it was refused last: the stable code.</param>
/// <param name="Count">How many times the key was refused within the window so far.</param>
/// <param name="WindowSeconds">How long the window is, in seconds.</param>
/// <param name="Observed">Whether the requests were forwarded all the same, because their route only observes.</param>
public sealed record AlertEvent(
    Guid Id,
    string Kind,
    DateTimeOffset OccurredAt,
    string Hint,
    Guid? BindingId,
    IReadOnlyList<string> Networks,
    string? Caller,
    string Reason,
    long Count,
    int WindowSeconds,
    bool Observed);

/// <summary>A stretch of the delivery log, the newest first: <c>GET /admin/api/alerts/deliveries</c>.</summary>
/// <param name="Items">The deliveries.</param>
/// <param name="Next">The <c>cursor</c> of what follows; null at the end.</param>
public sealed record DeliveryPage(IReadOnlyList<Delivery> Items, string? Next);

/// <summary>An alert on its way to the webhook.</summary>
/// <param name="Id">Names the alert.</param>
/// <param name="CreatedAt">When it was raised.</param>
/// <param name="State"><c>pending</c>, <c>delivered</c>, <c>failed</c> (given up), or <c>skipped</c> (no webhook was
/// set).</param>
/// <param name="Attempts">How often it was sent.</param>
/// <param name="NextAttemptAt">When it is sent next; null unless it is pending.</param>
/// <param name="LastAttemptAt">When it was last sent.</param>
/// <param name="LastStatus">The HTTP status of the last answer.</param>
/// <param name="LastError">What was wrong with the last attempt.</param>
/// <param name="DeliveredAt">When the webhook took it.</param>
/// <param name="Event">What it tells.</param>
public sealed record Delivery(
    Guid Id,
    DateTimeOffset CreatedAt,
    string State,
    int Attempts,
    DateTimeOffset? NextAttemptAt,
    DateTimeOffset? LastAttemptAt,
    int? LastStatus,
    string? LastError,
    DateTimeOffset? DeliveredAt,
    AlertEvent Event);
