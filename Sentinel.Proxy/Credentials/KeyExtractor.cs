using System.Diagnostics.CodeAnalysis;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;

namespace Sentinel.Proxy.Credentials;

/// <summary>Takes the key out of a request.</summary>
internal sealed class KeyExtractor(Fingerprinter fingerprinter)
{
    private const string Scheme = "Bearer ";

    public bool TryExtract(
        HttpContext context,
        Profile profile,
        [NotNullWhen(true)] out Credential? credential,
        [NotNullWhen(false)] out DenyReason? reason)
    {
        credential = null;
        reason = DenyReason.CredentialMissing;
        var value = context.Request.Headers.Authorization.ToString();
        if (!value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || value.Length > 512)
        {
            return false;
        }

        reason = null;
        var key = new PresentedKey(value, Scheme.Length, value.Length - Scheme.Length);
        credential = new Credential(key, fingerprinter.Compute(key.Forwarded), Carriers.Authorization & profile.Declared);
        return true;
    }
}
