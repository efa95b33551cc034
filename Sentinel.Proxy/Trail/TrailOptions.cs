using System.ComponentModel.DataAnnotations;

namespace Sentinel.Proxy.Trail;

/// <summary>How decisions are recorded.</summary>
public sealed class TrailOptions
{
    public const string SectionName = "Sentinel:Trail";

    /// <summary>Refusals that may wait for PostgreSQL. Default 100,000. Those beyond are lost, and counted.</summary>
    [Range(1, 10_000_000)]
    public int QueueLength { get; set; } = 100_000;

    /// <summary>Refusals that are written at once. Default 500.</summary>
    [Range(1, 10_000)]
    public int BatchSize { get; set; } = 500;

    /// <summary>How often waiting refusals are written. Default 0.5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00")]
    public TimeSpan InterceptInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How often the last uses of keys are written. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:10:00")]
    public TimeSpan LastUseInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the counters of the day are added to Redis. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:10:00")]
    public TimeSpan CounterInterval { get; set; } = TimeSpan.FromSeconds(1);
}
