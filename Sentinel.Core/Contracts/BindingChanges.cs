namespace Sentinel.Core.Contracts;

/// <summary>Names a binding: <c>POST /admin/api/bindings/ban</c> and <c>…/unban</c>.</summary>
/// <param name="Id">The binding.</param>
public sealed record BindingReference(Guid Id);

/// <summary>Frees a key from its networks: <c>POST /admin/api/bindings/unbind</c>.</summary>
/// <param name="Id">The binding.</param>
/// <param name="Next">Binds the key to this network at once (CIDR notation or an address).</param>
/// <param name="Release">Lets whoever uses the key next bind it, even if other networks were refused.</param>
public sealed record UnbindRequest(Guid Id, string? Next = null, bool Release = false);

/// <summary>Replaces the networks of a binding: <c>PUT /admin/api/bindings/ip</c>.</summary>
/// <param name="Id">The binding.</param>
/// <param name="Networks">All networks it shall have, in CIDR notation or as addresses.</param>
/// <param name="Ip">A single one in place of <paramref name="Networks"/>.</param>
public sealed record NetworksRequest(Guid Id, IReadOnlyList<string>? Networks = null, string? Ip = null);

/// <summary>Labels a binding: <c>PUT /admin/api/bindings/label</c>.</summary>
/// <param name="Id">The binding.</param>
/// <param name="Label">At most 200 characters; null or empty takes the label off.</param>
public sealed record LabelRequest(Guid Id, string? Label);
