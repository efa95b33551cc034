namespace Sentinel.AdminApi.Alerts;

/// <summary>How long to wait for the next attempt.</summary>
internal static class Backoff
{
    /// <summary>
    /// Doubles with each attempt; chance takes up to half of it off, so that many alerts do not come back at once. What
    /// the receiver asks for is respected up to the longest pause.
    /// </summary>
    /// <param name="attempts">How many attempts were made.</param>
    /// <param name="options">The first pause and the longest.</param>
    /// <param name="chance">From 0 to 1.</param>
    /// <param name="retryAfter">What the receiver asked for.</param>
    public static TimeSpan After(int attempts, AlertOptions options, double chance, TimeSpan? retryAfter)
    {
        var doubled = options.FirstPause.TotalSeconds * Math.Pow(2, Math.Max(0, attempts - 1));
        var pause = Math.Min(doubled, options.LongestPause.TotalSeconds) * (1 - (chance / 2));
        var asked = Math.Min(retryAfter?.TotalSeconds ?? 0, options.LongestPause.TotalSeconds);
        return TimeSpan.FromSeconds(Math.Max(pause, asked));
    }
}
