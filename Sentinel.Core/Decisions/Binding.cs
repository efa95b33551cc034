using System.Collections.Immutable;
using Sentinel.Core.Callers;
using Sentinel.Core.Credentials;

namespace Sentinel.Core.Decisions;

/// <summary>A key's fingerprint and the networks from which it may be used.</summary>
/// <param name="Id">Names the binding in rows, logs and the admin API.</param>
/// <param name="Fingerprint">Stands for the key.</param>
/// <param name="Hint">What a person may see of the key.</param>
/// <param name="State">What was decided about it.</param>
/// <param name="Networks">Where the key may come from; for a claim, the claiming network; for a contested key, where it
/// was seen.</param>
/// <param name="Version">Grows with every change; an older version never replaces a newer one.</param>
/// <param name="ClaimExpiresAt">When an unpromoted claim lapses; null for everything but a claim.</param>
public sealed record Binding(
    Guid Id,
    KeyFingerprint Fingerprint,
    string Hint,
    BindingState State,
    ImmutableArray<Network> Networks,
    long Version,
    DateTimeOffset? ClaimExpiresAt = null)
{
    /// <summary>
    /// What else the key is called since its secret was rotated; null if nothing. Whatever changes is told of both.
    /// </summary>
    public KeyFingerprint? Alias { get; init; }

    /// <summary>All that the key is called.</summary>
    public ImmutableArray<KeyFingerprint> Names => Alias is { } alias ? [Fingerprint, alias] : [Fingerprint];

    public bool IsCalled(KeyFingerprint name) => Fingerprint == name || Alias == name;

    /// <summary>A claim without a time of lapse has lapsed: it must never lock a key for ever.</summary>
    public bool HasLapsed(DateTimeOffset now) => !(ClaimExpiresAt > now);

    public bool Admits(ClientAddress caller)
    {
        foreach (var network in Networks)
        {
            if (network.Contains(caller))
            {
                return true;
            }
        }

        return false;
    }
}
