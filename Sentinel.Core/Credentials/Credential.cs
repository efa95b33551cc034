namespace Sentinel.Core.Credentials;

/// <summary>What one request presented: the checked key, what stands for it, and where it stood.</summary>
/// <param name="key">The key itself; only for downstream.</param>
/// <param name="fingerprint">What is looked up, stored and compared.</param>
/// <param name="carriers">The declared carriers that held this key.</param>
/// <param name="profile">How the key was read.</param>
public sealed class Credential(PresentedKey key, KeyFingerprint fingerprint, Carriers carriers, Profile profile)
{
    /// <summary>The key itself; only for downstream.</summary>
    public PresentedKey Key { get; } = key;

    /// <summary>What is looked up, stored and compared.</summary>
    public KeyFingerprint Fingerprint { get; } = fingerprint;

    /// <summary>The declared carriers that held this key; each is written anew.</summary>
    public Carriers Carriers { get; } = carriers;

    /// <summary>How the key was read, to read it so again.</summary>
    public Profile Profile { get; } = profile;

    /// <summary>What a person may see of the key. Made on demand: the warm path never needs it.</summary>
    public string Hint => KeyHint.Of(Key.Forwarded);

    public override string ToString() => Hint;
}
