using Microsoft.Net.Http.Headers;
using Sentinel.Core.Callers;
using Sentinel.Core.Forwarding;
using Sentinel.Proxy.Trail;

namespace Sentinel.Proxy.Forwarding;

/// <summary>
/// What a client says about its address, or about another method or target, is not passed on: downstream would believe
/// it. The address that the gate decided on takes its place.
/// </summary>
internal static class HeaderHygiene
{
    /// <param name="request">The request as it came; YARP then copies it as it is left.</param>
    /// <param name="hasClaims">Whether any of its headers claims such a thing.</param>
    /// <param name="caller">The address that the gate decided on; null if it is not known.</param>
    /// <param name="isTrustedPeer">Whether a proxy in front may say which scheme and host its client used.</param>
    public static void Apply(HttpRequest request, bool hasClaims, ClientAddress? caller, bool isTrustedPeer)
    {
        var headers = request.Headers;
        var scheme = isTrustedPeer && headers["X-Forwarded-Proto"] is ["https"] ? "https" : request.Scheme;
        var host = isTrustedPeer && headers["X-Forwarded-Host"] is [{ Length: > 0 } said] ? said : request.Host.Value;
        if (hasClaims)
        {
            RemoveClaims(headers);
        }

        if (!isTrustedPeer)
        {
            RemoveTrace(headers);
        }

        if (caller is { } address)
        {
            headers["X-Forwarded-For"] = address.ToString();
        }

        headers["X-Forwarded-Proto"] = scheme;
        headers["X-Forwarded-Host"] = host;
        if (!WebSocketHandshake.Is(request))
        {
            headers.Remove("Upgrade");
        }
    }

    /// <summary>Where a trace began and what a request is called is not for everybody to say.</summary>
    private static void RemoveTrace(IHeaderDictionary headers)
    {
        headers.Remove(HeaderNames.TraceParent);
        headers.Remove(HeaderNames.TraceState);
        headers.Remove(HeaderNames.Baggage);
        headers.Remove(RequestId.Header);
    }

    private static void RemoveClaims(IHeaderDictionary headers)
    {
        foreach (var name in headers.Keys.Where(SensitiveHeaders.IsClaim).ToArray())
        {
            headers.Remove(name);
        }
    }
}
