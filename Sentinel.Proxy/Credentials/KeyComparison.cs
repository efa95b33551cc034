namespace Sentinel.Proxy.Credentials;

/// <summary>How a downstream compares keys.</summary>
public enum KeyComparison
{
    /// <summary>Without the case of ASCII letters, as most databases do unless told otherwise.</summary>
    IgnoreCase,

    /// <summary>Character by character.</summary>
    Ordinal,
}
