namespace Sentinel.Core.Contracts;

/// <summary>A stretch of the intercept log, the newest first: <c>GET /admin/api/logs</c>.</summary>
/// <param name="Items">The intercepts.</param>
/// <param name="Next">The <c>cursor</c> of what follows; null at the end.</param>
public sealed record LogPage(IReadOnlyList<LogEntry> Items, string? Next);

/// <summary>One refused request.</summary>
/// <param name="Id">Names the row.</param>
/// <param name="OccurredAt">When it was refused.</param>
/// <param name="Reason">The stable code.</param>
/// <param name="Hint">What a person may see of the key.</param>
/// <param name="BindingId">The binding of the key, if it has one.</param>
/// <param name="Caller">The address it came from.</param>
/// <param name="Networks">Where the key may come from by now, in CIDR notation.</param>
/// <param name="Method">The method of the request.</param>
/// <param name="Path">The path, without the query.</param>
/// <param name="UserAgent">The program that sent it, by its own account.</param>
/// <param name="RequestId">What the caller was told in <c>x-request-id</c>.</param>
/// <param name="TraceId">Leads to the trace.</param>
public sealed record LogEntry(
    long Id,
    DateTimeOffset OccurredAt,
    string Reason,
    string Hint,
    Guid? BindingId,
    string Caller,
    IReadOnlyList<string> Networks,
    string Method,
    string Path,
    string? UserAgent,
    string RequestId,
    string? TraceId);
