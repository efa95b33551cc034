using System.Net;

namespace Sentinel.Core.Callers;

/// <summary>Everything about a request that says who is calling. Nothing in it is believed yet.</summary>
public readonly ref struct CallerEvidence
{
    /// <summary>The TCP peer; null when there is none.</summary>
    public IPAddress? Peer { get; init; }

    /// <summary>Whether the request came by a Unix socket, which only this machine can open.</summary>
    public bool IsLocalSocket { get; init; }

    /// <summary>The only value of <c>X-Sentinel-Proxy</c>; null when it is missing or repeated.</summary>
    public string? ProxySecret { get; init; }

    /// <summary>All values of <c>X-Real-IP</c>.</summary>
    public ReadOnlySpan<string?> RealIp { get; init; }

    /// <summary>All lines of <c>X-Forwarded-For</c>, in order.</summary>
    public ReadOnlySpan<string?> ForwardedFor { get; init; }
}
