using System.Text.Json;

namespace Sentinel.Core.Contracts;

/// <summary>A stretch of the operators' own trail, the newest first: <c>GET /admin/api/audit</c>.</summary>
/// <param name="Items">The changes.</param>
/// <param name="Next">The <c>cursor</c> of what follows; null at the end.</param>
public sealed record AuditPage(IReadOnlyList<AuditEntry> Items, long? Next);

/// <summary>One change that an operator made.</summary>
/// <param name="Id">Its place in the chain, counted from 1 without gaps.</param>
/// <param name="OccurredAt">When.</param>
/// <param name="Actor">By whom.</param>
/// <param name="Caller">From where; null for Sentinel itself.</param>
/// <param name="Action">What was done, such as <c>binding.ban</c>.</param>
/// <param name="Target">What it was done to.</param>
/// <param name="Details">What came of it.</param>
public sealed record AuditEntry(
    long Id,
    DateTimeOffset OccurredAt,
    string Actor,
    string? Caller,
    string Action,
    string Target,
    JsonElement Details);

/// <summary>Whether the trail is as it was written: <c>GET /admin/api/audit/verify</c>.</summary>
/// <param name="IsIntact">Whether no entry was changed or taken out.</param>
/// <param name="Count">How many entries there are.</param>
/// <param name="BrokenAt">The first entry that does not fit; null if all do.</param>
/// <param name="Head">The hash of the last entry. Whoever keeps it elsewhere also sees a cut at the end.</param>
public sealed record AuditVerdict(bool IsIntact, long Count, long? BrokenAt, string? Head);
