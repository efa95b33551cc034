namespace Sentinel.Core.Contracts;

/// <summary>
/// Names a binding, or many: <c>POST /admin/api/bindings/ban</c> and <c>…/unban</c>. One is answered by its status,
/// many by 200 and a <see cref="BulkResult"/>.
/// </summary>
/// <param name="Id">The binding.</param>
/// <param name="Ids">In place of it, up to 500 bindings.</param>
public sealed record BindingReference(Guid? Id = null, IReadOnlyList<Guid>? Ids = null);

/// <summary>Frees a key from its networks, or many: <c>POST /admin/api/bindings/unbind</c>.</summary>
/// <param name="Id">The binding.</param>
/// <param name="Next">Binds the key to this network at once (CIDR notation or an address).</param>
/// <param name="Release">Lets whoever uses the key next bind it, even if other networks were refused.</param>
/// <param name="Ids">In place of <paramref name="Id"/>, up to 500 bindings.</param>
public sealed record UnbindRequest(
    Guid? Id = null, string? Next = null, bool Release = false, IReadOnlyList<Guid>? Ids = null);

/// <summary>What became of many bindings, in the order in which they were named.</summary>
/// <param name="Results">One for each.</param>
public sealed record BulkResult(IReadOnlyList<BulkItem> Results);

/// <summary>What became of one binding.</summary>
/// <param name="Id">The binding.</param>
/// <param name="Status">What it alone would have been answered: 204, 404 or 409.</param>
/// <param name="Detail">With 409: what to do about it.</param>
/// <param name="RefusedNetworks">With 409 on unbind: where the key was refused from.</param>
public sealed record BulkItem(
    Guid Id, int Status, string? Detail = null, IReadOnlyList<RefusedNetwork>? RefusedNetworks = null);

/// <summary>Binds a key before its first use: <c>POST /admin/api/bindings</c>, answered by 201.</summary>
/// <param name="Networks">Where the key may come from, in CIDR notation or as addresses.</param>
/// <param name="Key">The key; it is fingerprinted and forgotten.</param>
/// <param name="Fingerprint">In place of it: its fingerprint, 64 hexadecimal digits.</param>
/// <param name="Hint">With a fingerprint: what a person may see of the key, at most 40 characters.</param>
/// <param name="Label">At most 200 characters.</param>
/// <param name="Realm">With a key: the realm of the downstream that takes it; null for that of all that name
/// none.</param>
public sealed record NewBinding(
    IReadOnlyList<string>? Networks,
    string? Key = null,
    string? Fingerprint = null,
    string? Hint = null,
    string? Label = null,
    string? Realm = null)
{
    // The generated text of a record would show the key.
    public override string ToString() => nameof(NewBinding);
}

/// <summary>Replaces the networks of a binding: <c>PUT /admin/api/bindings/ip</c>.</summary>
/// <param name="Id">The binding.</param>
/// <param name="Networks">All networks it shall have, in CIDR notation or as addresses.</param>
/// <param name="Ip">A single one in place of <paramref name="Networks"/>.</param>
public sealed record NetworksRequest(Guid Id, IReadOnlyList<string>? Networks = null, string? Ip = null);

/// <summary>Labels a binding, or many: <c>PUT /admin/api/bindings/label</c>.</summary>
/// <param name="Id">The binding.</param>
/// <param name="Label">At most 200 characters; null or empty takes the label off.</param>
/// <param name="Ids">In place of <paramref name="Id"/>, up to 500 bindings.</param>
public sealed record LabelRequest(Guid? Id = null, string? Label = null, IReadOnlyList<Guid>? Ids = null);
