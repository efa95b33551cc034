namespace Sentinel.Core.Decisions;

/// <summary>What becomes of a request that would be refused.</summary>
public enum GateMode
{
    /// <summary>It is refused.</summary>
    Enforce,

    /// <summary>It is forwarded and recorded, unless somebody decided against its key. It binds nothing.</summary>
    Observe,
}
