using System.Collections.Frozen;
using Sentinel.Core.Callers;

namespace Sentinel.Proxy.Forwarding;

/// <summary>
/// What a client says about its address, or about another method or target, is not passed on: downstream would believe
/// it. The address that the gate decided on takes its place.
/// </summary>
internal static class HeaderHygiene
{
    private static readonly FrozenSet<string> _names = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Forwarded", "X-Real-IP", "True-Client-IP", "CF-Connecting-IP", "CF-Connecting-IPv6", "X-Client-IP",
        "X-Cluster-Client-IP", "Fastly-Client-IP", "X-Original-Forwarded-For",
        "X-HTTP-Method", "X-HTTP-Method-Override", "X-Method-Override",
        "X-Original-URL", "X-Original-URI", "X-Rewrite-URL");

    /// <param name="request">The request as it came; YARP then copies it as it is left.</param>
    /// <param name="caller">The address that the gate decided on.</param>
    /// <param name="isTrustedPeer">Whether a proxy in front may say which scheme and host its client used.</param>
    public static void Apply(HttpRequest request, ClientAddress caller, bool isTrustedPeer)
    {
        var headers = request.Headers;
        var scheme = isTrustedPeer && headers["X-Forwarded-Proto"] is ["https"] ? "https" : request.Scheme;
        var host = isTrustedPeer && headers["X-Forwarded-Host"] is [{ Length: > 0 } said] ? said : request.Host.Value;
        RemoveDoubtful(headers);
        headers["X-Forwarded-For"] = caller.ToString();
        headers["X-Forwarded-Proto"] = scheme;
        headers["X-Forwarded-Host"] = host;
        if (!IsWebSocketHandshake(request))
        {
            headers.Remove("Upgrade");
        }
    }

    private static void RemoveDoubtful(IHeaderDictionary headers)
    {
        List<string>? doubtful = null;
        foreach (var (name, _) in headers)
        {
            if (IsDoubtful(name))
            {
                (doubtful ??= []).Add(name);
            }
        }

        foreach (var name in doubtful ?? [])
        {
            headers.Remove(name);
        }
    }

    private static bool IsDoubtful(string name) =>
        name.StartsWith("X-Forwarded", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("X-Sentinel-", StringComparison.OrdinalIgnoreCase)
        || _names.Contains(name);

    /// <summary>Only a WebSocket may leave HTTP; YARP would upgrade to SPDY as well.</summary>
    private static bool IsWebSocketHandshake(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && request.Headers.Upgrade is [{ } protocol]
        && protocol.Equals("websocket", StringComparison.OrdinalIgnoreCase);
}
