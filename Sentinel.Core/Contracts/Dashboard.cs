namespace Sentinel.Core.Contracts;

/// <summary>The state of affairs at a glance: <c>GET /admin/api/dashboard</c>.</summary>
/// <param name="Today">What the gate decided since midnight, UTC.</param>
/// <param name="Bindings">How many bindings there are in each state.</param>
/// <param name="Trend">The last 14 days, the oldest first, today included.</param>
/// <param name="TopReasons">The most frequent reasons of intercepts within 24 hours.</param>
/// <param name="TopCallers">The addresses with the most intercepts within 24 hours.</param>
/// <param name="TopKeys">The keys with the most intercepts within 24 hours.</param>
/// <param name="RecentIntercepts">The newest intercepts, the newest first.</param>
/// <param name="Health">Whether everything is there.</param>
public sealed record Dashboard(
    DecisionCounts Today,
    BindingCounts Bindings,
    IReadOnlyList<DayCounts> Trend,
    IReadOnlyList<ReasonCount> TopReasons,
    IReadOnlyList<CallerCount> TopCallers,
    IReadOnlyList<KeyCount> TopKeys,
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

/// <summary>How often a key was refused.</summary>
/// <param name="BindingId">Its binding; null if it has none.</param>
/// <param name="Hint">What a person may see of the key.</param>
/// <param name="Count">How often.</param>
public sealed record KeyCount(Guid? BindingId, string Hint, long Count);

/// <summary>Whether everything is there.</summary>
/// <param name="Stores">The stores, as the admin API sees them.</param>
/// <param name="Replicas">The replicas of the proxy that said so within the last seconds; none while Redis is
/// away.</param>
/// <param name="Spool">What waits on the disks of the replicas for PostgreSQL.</param>
public sealed record HealthSummary(StoreStates Stores, IReadOnlyList<ReplicaItem> Replicas, SpoolState Spool);

/// <summary>Whether the stores answer: <c>up</c> or <c>down</c>.</summary>
/// <param name="Postgres">The truth.</param>
/// <param name="Redis">The cache and the bell.</param>
public sealed record StoreStates(string Postgres, string Redis);

/// <summary>A replica of the proxy.</summary>
/// <param name="Name">The machine and the process.</param>
/// <param name="Version">The version of the program.</param>
/// <param name="StartedAt">Since when it runs.</param>
/// <param name="SpoolBytes">What waits on its disk for PostgreSQL.</param>
public sealed record ReplicaItem(string Name, string Version, DateTimeOffset StartedAt, long SpoolBytes);

/// <summary>Refusals that wait for PostgreSQL.</summary>
/// <param name="Bytes">How much there is, over all replicas.</param>
public sealed record SpoolState(long Bytes);
