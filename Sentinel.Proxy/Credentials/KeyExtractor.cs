using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;

namespace Sentinel.Proxy.Credentials;

/// <summary>Takes the key out of a request: one key, wherever the profile's downstream would look for it.</summary>
internal sealed class KeyExtractor(Fingerprinter fingerprinter, SubProtocols subProtocols)
{
    /// <param name="context">The request.</param>
    /// <param name="profile">Says which carriers its downstream looks at.</param>
    /// <param name="present">The headers of the request that are carriers: no other is looked for.</param>
    /// <param name="credential">What was presented.</param>
    /// <param name="reason">Why there is none.</param>
    public bool TryExtract(
        HttpContext context,
        Profile profile,
        Carriers present,
        [NotNullWhen(true)] out Credential? credential,
        [NotNullWhen(false)] out DenyReason? reason)
    {
        var keys = new KeyCollector(profile);
        CollectHeaders(context.Request.Headers, present, ref keys);
        if (QueryCarriers.TryCollect(context.Request.QueryString.Value ?? "", ref keys))
        {
            return keys.TryConclude(fingerprinter, out credential, out reason);
        }

        (credential, reason) = (null, DenyReason.BadRequest);
        return false;
    }

    /// <summary>
    /// The keys of a request that holds no single one, carrier by carrier: downstream may believe any of them.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="profile">Says which carriers its downstream looks at.</param>
    /// <param name="present">The headers of the request that are carriers.</param>
    /// <returns>Those that are well formed; null if a carrier by itself holds several.</returns>
    public IReadOnlyList<Credential>? ExtractEach(HttpContext context, Profile profile, Carriers present)
    {
        List<Credential> keys = [];
        foreach (var carrier in Enum.GetValues<Carriers>())
        {
            var alone = profile with { Declared = profile.Declared & carrier };
            if (TryExtract(context, alone, present, out var credential, out var problem))
            {
                keys.Add(credential);
            }
            else if (problem == DenyReason.CredentialConflict && BitOperations.IsPow2((int)carrier))
            {
                return null;
            }
        }

        return keys;
    }

    private void CollectHeaders(IHeaderDictionary headers, Carriers present, ref KeyCollector keys)
    {
        foreach (var (carrier, name) in CarrierNames.Headers)
        {
            if ((present & carrier) != Carriers.None && keys.Wants(carrier))
            {
                foreach (var value in headers[name])
                {
                    keys.Add(carrier, value ?? "");
                }
            }
        }

        if ((present & Carriers.SubProtocol) != Carriers.None && keys.Wants(Carriers.SubProtocol))
        {
            foreach (var line in headers.SecWebSocketProtocol)
            {
                subProtocols.Collect(line ?? "", ref keys);
            }
        }
    }
}
