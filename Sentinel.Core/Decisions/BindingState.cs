namespace Sentinel.Core.Decisions;

/// <summary>The state of a binding. Stored by its lower-case name.</summary>
public enum BindingState
{
    /// <summary>A first use is in flight; all other networks wait or are refused.</summary>
    Claimed,

    /// <summary>The key may be used from its networks.</summary>
    Active,

    /// <summary>An operator or a detector forbade the key everywhere.</summary>
    Banned,

    /// <summary>Long unused: its networks revive it, others need approval.</summary>
    Archived,

    /// <summary>Seen from several networks while observing: bound to none until somebody decides.</summary>
    Contested,
}
