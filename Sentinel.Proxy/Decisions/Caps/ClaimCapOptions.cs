using System.ComponentModel.DataAnnotations;

namespace Sentinel.Proxy.Decisions.Caps;

/// <summary>How many first uses a network may make. Known keys never feel it.</summary>
public sealed class ClaimCapOptions
{
    public const string SectionName = "Sentinel:Decisions:Caps";

    /// <summary>
    /// Bindings, and failed first uses, of one IPv4 address or IPv6 /64 within the window. Default 100 each.
    /// </summary>
    [Range(1, 1_000_000)]
    public int PerNetwork { get; set; } = 100;

    /// <summary>The same for a whole IPv6 /48. Default 1,000 each.</summary>
    [Range(1, 1_000_000)]
    public int PerSite { get; set; } = 1000;

    /// <summary>How long they are counted. Default 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Networks that are not counted, separated by commas. Default none.</summary>
    public string Exempt { get; set; } = "";

    /// <summary>How long a first use waits for its turn where too many failed. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan QueueWait { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>First uses that wait for their turn behind one network. Default 100.</summary>
    [Range(1, 10_000)]
    public int QueueLength { get; set; } = 100;

    /// <summary>Networks that one replica counts by itself while Redis is away. Default 10,000.</summary>
    [Range(100, 1_000_000)]
    public int LocalNetworks { get; set; } = 10_000;
}
