using System.ComponentModel.DataAnnotations;

namespace Sentinel.Proxy.Trail;

/// <summary>When the refusals of a key are worth an alert.</summary>
public sealed class AlertOptions
{
    public const string SectionName = "Sentinel:Alerts";

    /// <summary>How many refusals of one key within the window raise an alert. Default 10; 0 raises none.</summary>
    [Range(0, 1_000_000)]
    public int Threshold { get; set; } = 10;

    /// <summary>How long refusals are counted together, from the first one on. Default 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long no further alert is raised about the same key. Default 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")]
    public TimeSpan Silence { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How often the counts are added to Redis. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00")]
    public TimeSpan CountInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Keys whose refusals are counted between two trips to Redis. Default 10,000; those beyond are left out.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxKeys { get; set; } = 10_000;
}
