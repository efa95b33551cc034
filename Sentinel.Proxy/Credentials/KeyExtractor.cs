using System.Diagnostics.CodeAnalysis;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;

namespace Sentinel.Proxy.Credentials;

/// <summary>Takes the key out of a request: one key, wherever the profile's downstream would look for it.</summary>
internal sealed class KeyExtractor(Fingerprinter fingerprinter, SubProtocols subProtocols)
{
    private const Carriers Every = (Carriers)(-1);
    private const int MostKeys = 16;

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
        var request = context.Request;
        if (present != Carriers.Authorization
            || request.QueryString.HasValue
            || request.Headers.Authorization is not [{ } only]
            || LastCredential.Of(context) is not { } last)
        {
            return TryRead(request, profile, present, out credential, out reason);
        }

        if (last.TryRecall(only, profile, out credential))
        {
            reason = null;
            return true;
        }

        if (TryRead(request, profile, present, out credential, out reason))
        {
            last.Remember(only, profile, credential);
            return true;
        }

        return false;
    }

    /// <summary>
    /// The keys of a request that holds no single one, wherever any downstream would look for them: this one may
    /// believe any of them.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="profile">Says how its downstream reads a key.</param>
    /// <returns>Those that are well formed; null if there are more than an honest client would send.</returns>
    public IReadOnlyList<Credential>? ExtractEach(HttpContext context, Profile profile)
    {
        List<PresentedKey> each = [];
        var keys = new KeyCollector(profile with { Declared = Every }, each);
        _ = TryCollect(context.Request, Every, ref keys);
        return each.Count <= MostKeys ? [.. each.Select(key => Read(key, profile)).OfType<Credential>()] : null;
    }

    private bool TryRead(
        HttpRequest request,
        Profile profile,
        Carriers present,
        [NotNullWhen(true)] out Credential? credential,
        [NotNullWhen(false)] out DenyReason? reason)
    {
        var keys = new KeyCollector(profile);
        if (TryCollect(request, present, ref keys))
        {
            return keys.TryConclude(fingerprinter, out credential, out reason);
        }

        (credential, reason) = (null, DenyReason.BadRequest);
        return false;
    }

    private Credential? Read(PresentedKey key, Profile profile)
    {
        var alone = new KeyCollector(profile);
        alone.Add(Carriers.Authorization, key.Forwarded.ToString());
        return alone.TryConclude(fingerprinter, out var credential, out _) ? credential : null;
    }

    private bool TryCollect(HttpRequest request, Carriers present, ref KeyCollector keys)
    {
        CollectHeaders(request.Headers, present, ref keys);
        return QueryCarriers.TryCollect(request.QueryString.Value ?? "", ref keys);
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
