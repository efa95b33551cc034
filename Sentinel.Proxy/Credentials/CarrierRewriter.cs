using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Sentinel.Core.Credentials;

namespace Sentinel.Proxy.Credentials;

/// <summary>
/// Removes every carrier of a request, and writes those that held the checked key anew from what was hashed: no
/// spelling and no second key of the client's reaches the downstream.
/// </summary>
internal sealed class CarrierRewriter(SubProtocols subProtocols)
{
    private const string Scheme = "Bearer ";

    /// <summary>Run after the decision and before forwarding.</summary>
    /// <param name="request">The request as it came; YARP then copies it as it is left.</param>
    /// <param name="present">The headers of the request that are carriers.</param>
    /// <param name="credential">What was checked; null on a public route or a CORS preflight.</param>
    public void Rewrite(HttpRequest request, Carriers present, Credential? credential)
    {
        foreach (var (carrier, name) in CarrierNames.Headers)
        {
            if ((present & carrier) != Carriers.None)
            {
                RewriteHeader(request.Headers, carrier, name, credential);
            }
        }

        if (request.Headers.SecWebSocketProtocol is { Count: > 0 } lines)
        {
            RewriteSubProtocols(request.Headers, subProtocols.Rewrite(lines.ToString(), credential));
        }

        if (request.QueryString.HasValue)
        {
            request.QueryString = new QueryString(QueryCarriers.Rewrite(request.QueryString.Value!, credential));
        }
    }

    /// <summary>Kestrel takes an empty value for a header that is there: only <c>Remove</c> removes.</summary>
    private static void RewriteSubProtocols(IHeaderDictionary headers, string kept)
    {
        headers.Remove(HeaderNames.SecWebSocketProtocol);
        if (kept.Length > 0)
        {
            headers.SecWebSocketProtocol = kept;
        }
    }

    private static void RewriteHeader(IHeaderDictionary headers, Carriers carrier, string name, Credential? credential)
    {
        if (credential is null || (credential.Carriers & carrier) == 0)
        {
            headers.Remove(name);
            return;
        }

        var scheme = carrier == Carriers.Authorization ? Scheme : "";
        if (!IsAlready(headers[name], scheme, credential.Key.Forwarded))
        {
            headers[name] = string.Concat(scheme, credential.Key.Forwarded);
        }
    }

    /// <summary>The usual client writes what we would write: then nothing is copied.</summary>
    private static bool IsAlready(StringValues sent, string scheme, ReadOnlySpan<char> key) =>
        sent is [{ } only]
        && only.Length == scheme.Length + key.Length
        && only.StartsWith(scheme, StringComparison.Ordinal)
        && only.AsSpan(scheme.Length).SequenceEqual(key);
}
