namespace Sentinel.Core.Callers;

/// <summary>Who is calling, and how that was found.</summary>
/// <param name="Finding">How the caller was found, or why he was not.</param>
/// <param name="Address">The caller; without meaning when he is unknown.</param>
public readonly record struct CallerVerdict(CallerFinding Finding, ClientAddress Address = default)
{
    public bool IsKnown => Finding is CallerFinding.Peer or CallerFinding.Named;
}
