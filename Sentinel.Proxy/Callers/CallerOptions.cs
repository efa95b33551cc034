namespace Sentinel.Proxy.Callers;

/// <summary>How the address of a caller is found.</summary>
public sealed class CallerOptions
{
    public const string SectionName = "Sentinel:Callers";

    /// <summary>Networks of the proxies in front (CIDRs, comma-separated). Empty by default: the peer is the caller.</summary>
    public string TrustedProxies { get; set; } = "";
}
