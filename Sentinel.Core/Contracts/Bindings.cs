namespace Sentinel.Core.Contracts;

/// <summary>One page of bindings: <c>GET /admin/api/bindings</c>.</summary>
/// <param name="Items">The bindings of this page.</param>
/// <param name="Total">How many bindings match: exact up to 10,000.</param>
/// <param name="Page">The page, counted from 1; always 1 behind a cursor.</param>
/// <param name="PageSize">How many bindings a page holds.</param>
/// <param name="TotalIsEstimate">Whether <paramref name="Total"/> is only an estimate.</param>
/// <param name="Next">The <c>cursor</c> of what follows, which leads beyond 10,000; null at the end.</param>
public sealed record BindingPage(
    IReadOnlyList<BindingItem> Items,
    long Total,
    int Page,
    int PageSize,
    bool TotalIsEstimate = false,
    string? Next = null);

/// <summary>A binding as an operator sees it.</summary>
/// <param name="Id">Names the binding.</param>
/// <param name="Hint">What a person may see of the key.</param>
/// <param name="Networks">Where the key may come from, in CIDR notation.</param>
/// <param name="State"><c>claimed</c>, <c>active</c>, <c>banned</c>, <c>archived</c> or <c>contested</c>.</param>
/// <param name="Label">The operator's own note.</param>
/// <param name="CreatedAt">When the key was first used.</param>
/// <param name="FirstUsedFrom">The address of the first use; null for a binding that an operator made.</param>
/// <param name="LastUsedAt">When the key last passed the gate.</param>
/// <param name="LastUsedFrom">The address from which it last passed.</param>
public sealed record BindingItem(
    Guid Id,
    string Hint,
    IReadOnlyList<string> Networks,
    string State,
    string? Label,
    DateTimeOffset CreatedAt,
    string? FirstUsedFrom,
    DateTimeOffset? LastUsedAt,
    string? LastUsedFrom);

/// <summary>One binding and what happened to it: <c>GET /admin/api/bindings/{id}</c>.</summary>
/// <param name="Binding">The binding.</param>
/// <param name="RefusedNetworks">The networks from which it was refused within 30 days, the latest first.</param>
/// <param name="RecentIntercepts">Its newest intercepts, the newest first.</param>
/// <param name="RecentAddresses">The last ten addresses from which it passed the gate, the latest first.</param>
public sealed record BindingDetails(
    BindingItem Binding,
    IReadOnlyList<RefusedNetwork> RefusedNetworks,
    IReadOnlyList<LogEntry> RecentIntercepts,
    IReadOnlyList<AddressUse> RecentAddresses);

/// <summary>An address from which a key passed the gate.</summary>
/// <param name="Address">The address.</param>
/// <param name="LastSeenAt">When it last came from there.</param>
public sealed record AddressUse(string Address, DateTimeOffset LastSeenAt);

/// <summary>A network from which a key was refused.</summary>
/// <param name="Network">The network, in CIDR notation.</param>
/// <param name="Count">How often.</param>
/// <param name="LastSeenAt">When it was last refused from there.</param>
public sealed record RefusedNetwork(string Network, long Count, DateTimeOffset LastSeenAt);
