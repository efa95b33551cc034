using System.ComponentModel.DataAnnotations;

namespace Sentinel.ServiceDefaults.Draining;

/// <summary>How an app goes, so that nobody notices.</summary>
public sealed class DrainOptions
{
    public const string SectionName = "Sentinel:Draining";

    /// <summary>
    /// How long an app that is told to stop goes on taking requests, and closes each connection after its answer, so
    /// that whoever is in front turns to another one. Default 6 s; in development none.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan? Notice { get; set; }

    /// <summary>
    /// How long streams in flight may go on after that; then they are cut. Default 5 min; in development 10 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan? Limit { get; set; }
}
