using System.Diagnostics.CodeAnalysis;
using Sentinel.Core.Decisions;

namespace Sentinel.Core.Credentials;

/// <summary>
/// Gathers what the declared carriers of one request hold. One key in several places and spellings is one credential;
/// two keys are none, since nobody could say which of them downstream would believe.
/// </summary>
/// <param name="profile">How the downstream reads keys.</param>
/// <param name="each">Takes every key by itself, if that is asked for: then none contradicts another.</param>
public ref struct KeyCollector(Profile profile, ICollection<PresentedKey>? each = null)
{
    private PresentedKey _key;
    private ReadOnlySpan<char> _canonical;
    private Carriers _carriers;
    private DenyReason? _problem;

    /// <summary>Whether the profile's downstream would look at a carrier.</summary>
    public readonly bool Wants(Carriers carrier) => (profile.Declared & carrier) != 0;

    /// <summary>Looks at one value of a declared carrier.</summary>
    public void Add(Carriers carrier, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Add(carrier, value, 0, value.Length);
    }

    /// <summary>Looks at one value of a declared carrier that is a part of a longer text.</summary>
    public void Add(Carriers carrier, string text, int offset, int length)
    {
        var value = text.AsSpan(offset, length);
        var (start, keyLength) = KeySyntax.Unwrap(value);
        var key = value.Slice(start, keyLength);
        if (_problem is not null || KeySyntax.IsNoCredential(key))
        {
            return;
        }

        if (each is not null)
        {
            each.Add(new PresentedKey(text, offset + start, keyLength));
            return;
        }

        if (!KeySyntax.IsKey(key) || !KeyCanon.TryFind(key, profile, out var canonical))
        {
            _problem = DenyReason.CredentialInvalid;
            return;
        }

        if (_carriers == Carriers.None)
        {
            _key = new PresentedKey(text, offset + start, keyLength);
            _canonical = canonical;
        }

        _problem = _canonical.Equals(canonical, profile.Comparison) ? null : DenyReason.CredentialConflict;
        _carriers |= carrier;
    }

    /// <summary>Concludes: the one key of the request, or why there is none.</summary>
    public readonly bool TryConclude(
        Fingerprinter fingerprinter,
        [NotNullWhen(true)] out Credential? credential,
        [NotNullWhen(false)] out DenyReason? reason)
    {
        ArgumentNullException.ThrowIfNull(fingerprinter);
        reason = _problem ?? (_carriers == Carriers.None ? DenyReason.CredentialMissing : null);
        credential = reason is null
            ? new Credential(
                _key, fingerprinter.Compute(_canonical, profile.FoldsCase, profile.Realm), _carriers, profile)
            : null;
        return credential is not null;
    }
}
