using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Sentinel.Core.Callers;

namespace Sentinel.ServiceDefaults.Callers;

/// <summary>Finds the real address of a caller.</summary>
/// <param name="rules">Gives the rules that count now.</param>
public sealed class ClientAddressResolver(Func<CallerRules> rules)
{
    internal const string ProxySecret = "X-Sentinel-Proxy";

    private const string RealIp = "X-Real-IP";
    private const string ForwardedFor = "X-Forwarded-For";

    /// <summary>Who is calling, and how that was found.</summary>
    public CallerVerdict Resolve(HttpContext context)
    {
        var headers = context.Request.Headers;
        var (realIp, lines) = (headers[RealIp], headers[ForwardedFor]);
        var (onlyRealIp, onlyLine) = (realIp.Count == 1 ? realIp[0] : null, lines.Count == 1 ? lines[0] : null);
        return rules().Resolve(new CallerEvidence
        {
            Peer = context.Connection.RemoteIpAddress,
            IsLocalSocket = IsLocalSocket(context),
            ProxySecret = ReadProxySecret(headers),
            RealIp = realIp.Count == 1 ? new ReadOnlySpan<string?>(ref onlyRealIp) : realIp.ToArray(),
            ForwardedFor = lines.Count == 1 ? new ReadOnlySpan<string?>(ref onlyLine) : lines.ToArray(),
        });
    }

    /// <summary>Whether trace context and request ids of this request may be adopted.</summary>
    public bool IsTrustedPeer(HttpContext context) => rules().IsTrustedPeer(new CallerEvidence
    {
        Peer = context.Connection.RemoteIpAddress,
        IsLocalSocket = IsLocalSocket(context),
        ProxySecret = ReadProxySecret(context.Request.Headers),
    });

    private static bool IsLocalSocket(HttpContext context) =>
        context.Connection.RemoteIpAddress is null
        && context.Features.Get<IConnectionEndPointFeature>()?.LocalEndPoint is UnixDomainSocketEndPoint;

    private static string? ReadProxySecret(IHeaderDictionary headers) =>
        headers[ProxySecret] is [var only] ? only : null;
}
