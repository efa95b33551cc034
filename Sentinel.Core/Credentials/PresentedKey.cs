namespace Sentinel.Core.Credentials;

/// <summary>The key of one request: what is hashed and what goes downstream. It cannot be printed by accident.</summary>
/// <param name="canonical">What all spellings of this key have in common; this is hashed.</param>
/// <param name="forwarded">The spelling that is written into the carrier for downstream.</param>
public sealed class PresentedKey(string canonical, string forwarded)
{
    /// <summary>What all spellings of this key have in common; this is hashed.</summary>
    public string Canonical { get; } = canonical;

    /// <summary>The spelling that is written into the carrier for downstream.</summary>
    public string Forwarded { get; } = forwarded;

    public override string ToString() => "[key]";
}
