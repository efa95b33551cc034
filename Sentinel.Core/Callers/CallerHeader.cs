namespace Sentinel.Core.Callers;

/// <summary>Which header of a trusted proxy names the caller.</summary>
public enum CallerHeader
{
    /// <summary>Whichever is there; if both are, they must agree.</summary>
    Any,

    /// <summary>Only <c>X-Real-IP</c>.</summary>
    RealIp,

    /// <summary>Only <c>X-Forwarded-For</c>.</summary>
    ForwardedFor,
}
