using System.Diagnostics.CodeAnalysis;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;

namespace Sentinel.Proxy.Credentials;

/// <summary>Takes the key out of a request: one key, wherever the profile's downstream would look for it.</summary>
internal sealed class KeyExtractor(Fingerprinter fingerprinter, SubProtocols subProtocols)
{
    public bool TryExtract(
        HttpContext context,
        Profile profile,
        [NotNullWhen(true)] out Credential? credential,
        [NotNullWhen(false)] out DenyReason? reason)
    {
        var keys = new KeyCollector(profile);
        CollectHeaders(context.Request.Headers, ref keys);
        if (QueryCarriers.TryCollect(context.Request.QueryString.Value ?? "", ref keys))
        {
            return keys.TryConclude(fingerprinter, out credential, out reason);
        }

        (credential, reason) = (null, DenyReason.BadRequest);
        return false;
    }

    private void CollectHeaders(IHeaderDictionary headers, ref KeyCollector keys)
    {
        foreach (var (carrier, name) in CarrierNames.Headers)
        {
            if (keys.Wants(carrier) && headers.TryGetValue(name, out var values))
            {
                foreach (var value in values)
                {
                    keys.Add(carrier, value ?? "");
                }
            }
        }

        if (keys.Wants(Carriers.SubProtocol))
        {
            foreach (var line in headers.SecWebSocketProtocol)
            {
                subProtocols.Collect(line ?? "", ref keys);
            }
        }
    }
}
