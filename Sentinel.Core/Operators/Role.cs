namespace Sentinel.Core.Operators;

/// <summary>What an operator may do; each role may do what those before it may.</summary>
public enum Role
{
    /// <summary>Sees everything but the other operators.</summary>
    Viewer,

    /// <summary>Decides about keys.</summary>
    Operator,

    /// <summary>Changes settings and operators.</summary>
    Admin,
}
