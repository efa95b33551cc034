using System.Net;

namespace Sentinel.Core.Callers;

/// <summary>Says to an operator why a caller was found or not, and what to change.</summary>
public static class CallerAdvice
{
    private static readonly Network[] _private =
    [
        .. new[]
        {
            "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "127.0.0.0/8",
            "fc00::/7", "fe80::/10", "::1/128",
        }.Select(text => Network.From(IPNetwork.Parse(text))),
    ];

    /// <summary>Whether an address is used inside only: no stranger comes from there, but proxies do.</summary>
    public static bool IsPrivate(ClientAddress address) => _private.Any(network => network.Contains(address));

    /// <summary>Whether the chain looks like a proxy of ours that is not trusted yet.</summary>
    public static bool IsUntrustedProxy(CallerChain chain)
    {
        ArgumentNullException.ThrowIfNull(chain);
        return chain is { Finding: CallerFinding.Peer, Headers.Count: > 0 }
            && ClientAddress.TryParse(chain.Peer, out var peer)
            && IsPrivate(peer);
    }

    /// <summary>The stable code of a finding.</summary>
    public static string Code(CallerFinding finding) => finding switch
    {
        CallerFinding.NoPeer => "no_peer",
        CallerFinding.Peer => "peer",
        CallerFinding.Named => "named",
        CallerFinding.UnprovenProxy => "unproven_proxy",
        CallerFinding.NobodyNamed => "nobody_named",
        CallerFinding.Malformed => "malformed",
        CallerFinding.Contradiction => "contradiction",
        CallerFinding.ProxyNamed => "proxy_named",
        _ => throw new ArgumentOutOfRangeException(nameof(finding)),
    };

    /// <summary>Why the caller is who he is taken for.</summary>
    public static string Reason(CallerChain chain)
    {
        ArgumentNullException.ThrowIfNull(chain);
        return chain.Finding switch
        {
            CallerFinding.Peer when IsUntrustedProxy(chain) =>
                "The peer is private, names others and is not trusted: if it is your proxy, add it to TRUSTED_PROXIES.",
            CallerFinding.Peer when chain.Headers.Count > 0 =>
                "The peer is no trusted proxy: it is the caller, and its headers are not believed.",
            CallerFinding.Peer => "The peer is the caller.",
            CallerFinding.Named => "A trusted proxy named the caller.",
            CallerFinding.NoPeer => "There is no TCP peer.",
            CallerFinding.UnprovenProxy =>
                "The peer lies in TRUSTED_PROXIES and did not show the secret: let the proxy send X-Sentinel-Proxy.",
            CallerFinding.NobodyNamed =>
                "The trusted proxy named nobody: let it set X-Real-IP or X-Forwarded-For to the address that it sees.",
            CallerFinding.Malformed =>
                "The trusted proxy passed on what is no address: let it replace the header instead of passing it on.",
            CallerFinding.Contradiction =>
                "The headers name different callers: let the proxy set both, or say which one counts by "
                + "Sentinel:Callers:CallerHeader.",
            _ =>
                "The named caller lies in TRUSTED_PROXIES: narrow it to the proxies, or let the first of them name "
                + "its peer.",
        };
    }
}
