namespace Sentinel.Cli.Bench;

internal static class Statistics
{
    /// <summary>The smallest value that is not exceeded by this share of all.</summary>
    public static double Percentile(IEnumerable<double> values, double share)
    {
        var ordered = values.Order().ToArray();
        return ordered[Math.Max(0, (int)Math.Ceiling(share * ordered.Length) - 1)];
    }

    /// <summary>The value in the middle, or the mean of the two in the middle.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var ordered = values.Order().ToArray();
        var middle = ordered.Length / 2;
        return ordered.Length % 2 is 1 ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / 2;
    }
}
