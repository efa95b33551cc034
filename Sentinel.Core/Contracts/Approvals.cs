namespace Sentinel.Core.Contracts;

/// <summary>
/// Who waits for an operator's word: <c>GET /admin/api/approvals</c>. Contested keys come first, then archived ones,
/// then keys that were refused elsewhere; the latest first in each. Those who ask from one IPv6 /64 are one question,
/// so that nobody can ask without end: with an <c>ipv6Prefix</c> beyond 64 it names the caller who asked last, and the
/// others are approved by their request or their address.
/// </summary>
/// <param name="Items">What was asked within 30 days, at most 200.</param>
public sealed record ApprovalList(IReadOnlyList<ApprovalItem> Items);

/// <summary>A key and a network that it may not come from yet.</summary>
/// <param name="BindingId">The binding of the key.</param>
/// <param name="Hint">What a person may see of the key.</param>
/// <param name="Label">The operator's own note.</param>
/// <param name="State"><c>contested</c>, <c>archived</c> or <c>active</c>.</param>
/// <param name="Networks">Where the key may come from; for a contested one, where it was seen.</param>
/// <param name="Network">The network that asks, in CIDR notation.</param>
/// <param name="Count">How often it was refused, or would have been.</param>
/// <param name="LastSeenAt">When it last asked; null if that is not on record any more.</param>
/// <param name="RequestId">The last request, to approve or refuse it by; null if it is not on record any more.</param>
public sealed record ApprovalItem(
    Guid BindingId,
    string Hint,
    string? Label,
    string State,
    IReadOnlyList<string> Networks,
    string Network,
    long Count,
    DateTimeOffset? LastSeenAt,
    string? RequestId);

/// <summary>
/// Lets a key come from one more network (<c>POST /admin/api/bindings/approve</c>, answered by the binding), or says
/// no (<c>…/refuse</c>, 204, after which this network does not ask again). A contested key is bound to the network
/// that is approved first; an archived one is active again.
/// </summary>
/// <param name="RequestId">The refused request, as the caller was told in <c>x-request-id</c>.</param>
/// <param name="Id">In place of it: the binding,</param>
/// <param name="Network">and the network, in CIDR notation or as an address.</param>
public sealed record ApprovalRequest(string? RequestId = null, Guid? Id = null, string? Network = null);
