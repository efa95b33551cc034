using Sentinel.Core.Decisions;

namespace Sentinel.Proxy.Decisions;

/// <summary>How a first use began.</summary>
/// <param name="Race">How the race for the key ended; null if it was not let into it.</param>
/// <param name="RetryAfter">When to try again, if it was not.</param>
internal sealed record Acquisition(ClaimResult? Race, TimeSpan RetryAfter)
{
    public bool Held => Race?.Held is true;
}
