namespace Sentinel.Core.Contracts;

/// <summary>The state of affairs at a glance: <c>GET /admin/api/dashboard</c>.</summary>
/// <param name="Today">What the gate decided since midnight, UTC.</param>
/// <param name="Bindings">How many bindings there are in each state.</param>
/// <param name="Trend">The last 14 days, the oldest first, today included.</param>
/// <param name="TopReasons">The most frequent reasons of intercepts within 24 hours.</param>
/// <param name="TopCallers">The addresses with the most intercepts within 24 hours.</param>
/// <param name="RecentIntercepts">The newest intercepts, the newest first.</param>
/// <param name="Health">Whether the stores answer.</param>
public sealed record Dashboard(
    DecisionCounts Today,
    BindingCounts Bindings,
    IReadOnlyList<DayCounts> Trend,
    IReadOnlyList<ReasonCount> TopReasons,
    IReadOnlyList<CallerCount> TopCallers,
    IReadOnlyList<LogEntry> RecentIntercepts,
    HealthSummary Health);

/// <summary>How often each outcome of the gate occurred.</summary>
/// <param name="Allowed">Requests with a known key from one of its networks.</param>
/// <param name="Bound">First uses that became bindings.</param>
/// <param name="Intercepted">Requests that were refused.</param>
public sealed record DecisionCounts(long Allowed, long Bound, long Intercepted);

/// <summary>How often each outcome of the gate occurred on one day.</summary>
/// <param name="Day">The day, UTC.</param>
/// <param name="Allowed">Requests with a known key from one of its networks.</param>
/// <param name="Bound">First uses that became bindings.</param>
/// <param name="Intercepted">Requests that were refused.</param>
public sealed record DayCounts(DateOnly Day, long Allowed, long Bound, long Intercepted);

/// <summary>How many bindings there are in each state.</summary>
/// <param name="Active">Usable from their networks.</param>
/// <param name="Banned">Forbidden everywhere.</param>
/// <param name="Archived">Long unused.</param>
public sealed record BindingCounts(long Active, long Banned, long Archived);

/// <summary>How often a reason occurred.</summary>
/// <param name="Reason">The stable code.</param>
/// <param name="Count">How often.</param>
public sealed record ReasonCount(string Reason, long Count);

/// <summary>How often a caller was refused.</summary>
/// <param name="Caller">The address.</param>
/// <param name="Count">How often.</param>
public sealed record CallerCount(string Caller, long Count);

/// <summary>Whether the stores answer: <c>up</c> or <c>down</c>.</summary>
/// <param name="Postgres">The truth.</param>
/// <param name="Redis">The cache and the bell.</param>
public sealed record HealthSummary(string Postgres, string Redis);
