namespace Sentinel.Core.Contracts;

/// <summary>Why the admin API refused, as <c>application/problem+json</c>.</summary>
/// <param name="Title">The kind of problem.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What to do about it.</param>
/// <param name="Errors">What is wrong, by field (camelCase).</param>
/// <param name="RefusedNetworks">With 409 on unbind: where the key was refused from, to name one as
/// <c>next</c>.</param>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</seealso>
public sealed record Problem(
    string? Title,
    int? Status,
    string? Detail,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors = null,
    IReadOnlyList<RefusedNetwork>? RefusedNetworks = null);
