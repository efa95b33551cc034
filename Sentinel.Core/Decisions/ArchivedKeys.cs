namespace Sentinel.Core.Decisions;

/// <summary>What becomes of an archived key that another network uses. Its own networks always revive it.</summary>
public enum ArchivedKeys
{
    /// <summary>An operator has to approve it.</summary>
    Approve,

    /// <summary>
    /// Its next use binds it anew, as if it had never been seen: also when that is the use of a thief who waited.
    /// </summary>
    Rebind,
}
