namespace Sentinel.Core.Contracts;

/// <summary>How callers are found, and what looks wrong about it: <c>GET /admin/api/doctor/caller</c>.</summary>
/// <param name="Chains">The last distinct chains, the newest first; null if Redis does not answer.</param>
/// <param name="Warnings">What to look at; empty if nothing.</param>
public sealed record CallerDiagnosis(
    IReadOnlyList<CallerDiagnosisChain>? Chains, IReadOnlyList<CallerWarning> Warnings);

/// <summary>One way by which requests come, and what the proxies make of it.</summary>
/// <param name="SeenAt">When a proxy last noted it.</param>
/// <param name="Peer">The address that opened the connection; null by a Unix socket.</param>
/// <param name="Headers">The headers that say something about the caller, in the order of the contract.</param>
/// <param name="Verdict">The stable code of the finding, such as <c>named</c> or <c>nobody_named</c>.</param>
/// <param name="Caller">Who is taken for the caller; null if he is unknown.</param>
/// <param name="Reason">Why, in a sentence that says what to change if something is wrong.</param>
public sealed record CallerDiagnosisChain(
    DateTimeOffset SeenAt,
    string? Peer,
    IReadOnlyList<ChainHeader> Headers,
    string Verdict,
    string? Caller,
    string Reason);

/// <summary>A header that says something about the caller.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">The addresses in it. Whatever is none is not shown: it might be a key.</param>
public sealed record ChainHeader(string Name, string Value);

/// <summary>Something about callers that an operator should look at.</summary>
/// <param name="Code">
/// <c>private_network</c>, <c>untrusted_proxy</c>, <c>caller_unknown</c> or <c>address_family</c>.
/// </param>
/// <param name="Message">What was found and what to do about it.</param>
/// <param name="BindingId">The binding in question; null if it is about all of them.</param>
public sealed record CallerWarning(string Code, string Message, Guid? BindingId = null)
{
    /// <summary>What may be seen of the key; only of <c>address_family</c>.</summary>
    public string? Hint { get; init; }

    /// <summary>The network that bindings carry; of <c>private_network</c> and <c>address_family</c>.</summary>
    public string? Network { get; init; }

    /// <summary>Who was refused last; only of <c>address_family</c>.</summary>
    public string? Caller { get; init; }

    /// <summary>How many bindings carry the network, or how often the key was refused.</summary>
    public long? Count { get; init; }

    /// <summary>How many bindings were looked at; only of <c>private_network</c>.</summary>
    public long? Of { get; init; }

    /// <summary>Who opened the connection; null by a Unix socket.</summary>
    public string? Peer { get; init; }

    /// <summary>Why; of <c>untrusted_proxy</c> and <c>caller_unknown</c>, as the chain says it.</summary>
    public string? Reason { get; init; }
}
