using Microsoft.AspNetCore.Http.Features;

namespace Sentinel.Proxy.Forwarding;

/// <summary>The only requests that may leave HTTP.</summary>
internal static class WebSocketHandshake
{
    private const string Protocol = "websocket";

    /// <summary>A GET with exactly <c>Upgrade: websocket</c>, or over HTTP/2 the CONNECT of RFC 8441.</summary>
    public static bool Is(HttpRequest request)
    {
        var features = request.HttpContext.Features;
        if (HttpMethods.IsGet(request.Method))
        {
            return request.Headers.Upgrade is [{ } upgrade]
                && upgrade.Equals(Protocol, StringComparison.OrdinalIgnoreCase)
                && features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true };
        }

        return features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true } connect
            && Protocol.Equals(connect.Protocol, StringComparison.OrdinalIgnoreCase);
    }
}
