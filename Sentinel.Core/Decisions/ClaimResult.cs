namespace Sentinel.Core.Decisions;

/// <summary>How the race for a key ended for one request.</summary>
/// <param name="Held">Whether the key is this request's network's: to use while claimed, for good once
/// promoted.</param>
/// <param name="Current">The row that won, which is another's claim or binding if not held.</param>
public sealed record ClaimResult(bool Held, Binding Current)
{
    /// <summary>Whether another request of the network held it already.</summary>
    public bool HasJoined { get; init; }
}
