namespace Sentinel.Core.Trail;

/// <summary>The outcomes of one day (UTC).</summary>
/// <param name="Day">The day.</param>
/// <param name="Allowed">Requests with a key that was already bound.</param>
/// <param name="Bound">Keys that were bound.</param>
/// <param name="Intercepted">Refusals of a presented key.</param>
public sealed record DailyCount(DateOnly Day, long Allowed, long Bound, long Intercepted);
