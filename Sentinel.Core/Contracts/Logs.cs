namespace Sentinel.Core.Contracts;

/// <summary>A stretch of the intercept log, the newest first: <c>GET /admin/api/logs</c>.</summary>
/// <param name="Items">The intercepts.</param>
/// <param name="Next">The <c>cursor</c> of what follows; null at the end.</param>
public sealed record LogPage(IReadOnlyList<LogEntry> Items, string? Next);

/// <summary>A refused request, or equal ones that came within seconds.</summary>
/// <param name="Id">Names the entry.</param>
/// <param name="OccurredAt">When the first of them was refused.</param>
/// <param name="Reason">The stable code.</param>
/// <param name="Hint">What a person may see of the key.</param>
/// <param name="BindingId">The binding of the key, if it has one.</param>
/// <param name="Caller">The address it came from; null if it could not be determined.</param>
/// <param name="Networks">Where the key was allowed to come from at that time, in CIDR notation.</param>
/// <param name="Method">The method of the request.</param>
/// <param name="Path">The path, without the query.</param>
/// <param name="UserAgent">The program that sent it, by its own account.</param>
/// <param name="RequestId">What the caller was told in <c>x-request-id</c>.</param>
/// <param name="TraceId">Leads to the trace.</param>
/// <param name="Count">How many equal refusals this entry stands for.</param>
/// <param name="Observed">Whether the request was forwarded all the same, because its route only observes.</param>
public sealed record LogEntry(
    Guid Id,
    DateTimeOffset OccurredAt,
    string Reason,
    string Hint,
    Guid? BindingId,
    string? Caller,
    IReadOnlyList<string> Networks,
    string Method,
    string Path,
    string UserAgent,
    string RequestId,
    string TraceId,
    int Count,
    bool Observed);
