namespace Sentinel.Proxy.Decisions;

/// <summary>The rule for an outage of the stores.</summary>
public enum Failsafe
{
    /// <summary>What cannot be decided on is refused.</summary>
    Closed,

    /// <summary>What this replica last knew of a key decides; keys that it does not know are refused.</summary>
    Frozen,

    /// <summary>As <see cref="Frozen"/>, but unknown keys are forwarded, and recorded. Nothing is bound.</summary>
    Open,
}
