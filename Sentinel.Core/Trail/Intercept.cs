using System.Collections.Immutable;
using Sentinel.Core.Callers;
using Sentinel.Core.Credentials;

namespace Sentinel.Core.Trail;

/// <summary>The record of one refusal, or of equal ones that came within seconds.</summary>
/// <param name="Id">Names the record, so that writing it again changes nothing.</param>
/// <param name="OccurredAt">When the first of them was refused.</param>
/// <param name="Reason">The stable code of the refusal.</param>
/// <param name="Hint">What a person may see of the key.</param>
/// <param name="Fingerprint">Stands for the key; null if none could be made of what was presented.</param>
/// <param name="BindingId">The key's binding, if it has one.</param>
/// <param name="Caller">The address behind the request; null if it could not be determined.</param>
/// <param name="Method">The request's method.</param>
/// <param name="Path">The request's path, without its query.</param>
/// <param name="UserAgent">What the client calls itself, at most 256 characters.</param>
/// <param name="RequestId">The request's id, as the client was told.</param>
/// <param name="TraceId">The trace that shows the decision.</param>
/// <param name="Route">The route that was asked for.</param>
/// <param name="Observed">Whether the request was forwarded all the same, because the route only observes.</param>
public sealed record Intercept(
    Guid Id,
    DateTimeOffset OccurredAt,
    string Reason,
    string Hint,
    KeyFingerprint? Fingerprint,
    Guid? BindingId,
    ClientAddress? Caller,
    string Method,
    string Path,
    string UserAgent,
    string RequestId,
    string TraceId,
    string Route,
    bool Observed)
{
    /// <summary>The networks that the key was bound to at that time.</summary>
    public ImmutableArray<Network> Networks { get; init; } = [];

    /// <summary>How many equal refusals this record stands for.</summary>
    public int Count { get; init; } = 1;
}
