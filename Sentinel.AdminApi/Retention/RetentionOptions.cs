using System.ComponentModel.DataAnnotations;

namespace Sentinel.AdminApi.Retention;

/// <summary>How long things are kept.</summary>
public sealed class RetentionOptions
{
    public const string SectionName = "Sentinel:Retention";

    /// <summary>
    /// Days without use after which a binding is archived (<c>ARCHIVE_DAYS</c>). Default 90. An archived key comes back
    /// to life by a use from one of its networks; others need approval.
    /// </summary>
    [Range(1, 3650)]
    public int ArchiveDays { get; set; } = 90;

    /// <summary>Whole months that the intercept log is kept beside the current one. Default 12.</summary>
    [Range(1, 120)]
    public int LogMonths { get; set; } = 12;

    /// <summary>Days that alerts are kept once they are over. Default 30.</summary>
    [Range(1, 3650)]
    public int DeliveryDays { get; set; } = 30;

    /// <summary>How often a sweep is made. Default 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Rows that are changed at once. Default 200.</summary>
    [Range(1, 10_000)]
    public int BatchSize { get; set; } = 200;

    /// <summary>How long the sweep rests between two batches, so that nobody feels it. Default 20 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan Rest { get; set; } = TimeSpan.FromMilliseconds(20);
}
