namespace Sentinel.Core.Callers;

/// <summary>How a caller was found, or why he was not.</summary>
public enum CallerFinding
{
    /// <summary>Unknown: there is no TCP peer.</summary>
    NoPeer,

    /// <summary>Known: the TCP peer is the caller.</summary>
    Peer,

    /// <summary>Known: a trusted proxy named the caller.</summary>
    Named,

    /// <summary>Unknown: the peer lies among the trusted proxies and did not prove to be one.</summary>
    UnprovenProxy,

    /// <summary>Unknown: a trusted proxy named nobody.</summary>
    NobodyNamed,

    /// <summary>Unknown: a trusted proxy passed on something that is no address.</summary>
    Malformed,

    /// <summary>Unknown: the headers name different callers.</summary>
    Contradiction,

    /// <summary>Unknown: the named caller is itself one of the trusted proxies.</summary>
    ProxyNamed,
}
