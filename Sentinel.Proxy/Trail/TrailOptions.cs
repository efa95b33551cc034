using System.ComponentModel.DataAnnotations;

namespace Sentinel.Proxy.Trail;

/// <summary>How decisions are recorded.</summary>
public sealed class TrailOptions
{
    public const string SectionName = "Sentinel:Trail";

    /// <summary>
    /// Refusals that may wait in memory. Default 100,000. Those beyond are lost, counted and logged as errors.
    /// </summary>
    [Range(1, 10_000_000)]
    public int QueueLength { get; set; } = 100_000;

    /// <summary>Refusals that are written at once. Default 500.</summary>
    [Range(1, 10_000)]
    public int BatchSize { get; set; } = 500;

    /// <summary>Batches that may wait in Redis while PostgreSQL is away. Default 1,000.</summary>
    [Range(0, 1_000_000)]
    public int RedisSpoolBatches { get; set; } = 1_000;

    /// <summary>Bytes that may wait on disk while PostgreSQL is away. Default 1 GiB.</summary>
    [Range(0, long.MaxValue)]
    public long SpoolBytes { get; set; } = 1L << 30;

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
