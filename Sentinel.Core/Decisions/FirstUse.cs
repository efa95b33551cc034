using System.Collections.Immutable;
using Sentinel.Core.Callers;
using Sentinel.Core.Credentials;

namespace Sentinel.Core.Decisions;

/// <summary>A request with a key that is bound to nothing yet.</summary>
/// <param name="Fingerprint">Stands for the key.</param>
/// <param name="Hint">What a person may see of the key.</param>
/// <param name="Network">What the key is bound to if the request succeeds.</param>
/// <param name="Caller">The address behind it.</param>
/// <param name="Holder">Names this request among all that may hold the same claim.</param>
public sealed record FirstUse(
    KeyFingerprint Fingerprint,
    string Hint,
    Network Network,
    ClientAddress Caller,
    Guid Holder)
{
    /// <summary>What the key is called under each secret that counts, the oldest first.</summary>
    public ImmutableArray<KeyName> Names { get; init; } = [new(HmacSecrets.FirstId, Fingerprint)];

    /// <summary>Whether an archived key counts as unknown, so that any network may bind it anew.</summary>
    public bool TakesArchived { get; init; }
}
