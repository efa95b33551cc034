namespace Sentinel.Core.Decisions;

/// <summary>What the counters of a network say about one more first use.</summary>
/// <param name="IsFlood">Whether there are too many bindings already. If not, this one is counted as another.</param>
/// <param name="Crowded">
/// The position of the cap that has too many failures, so that first uses go one at a time; null if none has.
/// </param>
/// <param name="Remaining">When the window of a flood ends.</param>
public readonly record struct CapVerdict(bool IsFlood, int? Crowded, TimeSpan Remaining);
