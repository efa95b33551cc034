namespace Sentinel.Proxy;

/// <summary>How a request left the gate; a closed set, so that it can be a label.</summary>
internal static class GateOutcome
{
    /// <summary>Forwarded without binding anything.</summary>
    public const string Allow = "allow";

    /// <summary>Forwarded, and its key is bound since.</summary>
    public const string Bind = "bind";

    /// <summary>Refused, with a key: it is recorded.</summary>
    public const string Intercept = "intercept";

    /// <summary>Forwarded, although it would be refused but for a setting: it is recorded.</summary>
    public const string WouldIntercept = "would_intercept";

    /// <summary>Refused without a key, or told to come again: it is only counted.</summary>
    public const string Refuse = "refuse";
}
