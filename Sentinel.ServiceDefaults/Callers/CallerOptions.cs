using Sentinel.Core.Callers;

namespace Sentinel.ServiceDefaults.Callers;

/// <summary>How the address of a caller is found.</summary>
public sealed class CallerOptions
{
    public const string SectionName = "Sentinel:Callers";

    /// <summary>
    /// Networks of the proxies in front (CIDRs, comma-separated). Empty by default: the peer is the caller.
    /// </summary>
    public string TrustedProxies { get; set; } = "";

    /// <summary>
    /// What a trusted proxy shows in <c>X-Sentinel-Proxy</c>, at least 16 characters. Outside development it must be
    /// set when there are trusted proxies. Empty by default.
    /// </summary>
    public string ProxySecret { get; set; } = "";

    /// <summary>
    /// Which header of a trusted proxy counts: <c>Any</c> (the default), <c>RealIp</c> or <c>ForwardedFor</c>.
    /// </summary>
    public CallerHeader CallerHeader { get; set; }

    /// <summary>
    /// NAT64 prefixes of this network beside <c>64:ff9b::/96</c> (IPv6 CIDRs of 32, 40, 48, 56, 64 or 96 bits,
    /// comma-separated). Empty by default.
    /// </summary>
    public string Nat64Prefixes { get; set; } = "";
}
