using System.ComponentModel.DataAnnotations;
using Sentinel.Core.Decisions;

namespace Sentinel.Proxy.Decisions;

/// <summary>How keys are bound and remembered.</summary>
public sealed class DecisionOptions
{
    public const string SectionName = "Sentinel:Decisions";

    /// <summary>
    /// Whether what the gate would refuse is refused, or forwarded and recorded. Default <c>enforce</c>. A route may
    /// say otherwise.
    /// </summary>
    [EnumDataType(typeof(GateMode))]
    public GateMode Mode { get; set; }

    /// <summary>What becomes of an archived key that another network uses. Default <c>approve</c>.</summary>
    [EnumDataType(typeof(ArchivedKeys))]
    public ArchivedKeys ArchivedKeys { get; set; }

    /// <summary>Leading bits of an IPv4 address that make its network. Default 32: the address alone.</summary>
    [Range(8, 32)]
    public int IPv4Prefix { get; set; } = 32;

    /// <summary>Leading bits of an IPv6 address that make its network. Default 64: one household or host.</summary>
    [Range(16, 128)]
    public int IPv6Prefix { get; set; } = 64;

    /// <summary>
    /// What happens to keys while they cannot be decided on (<c>SENTINEL_FAILSAFE_MODE</c>). Default <c>closed</c>.
    /// </summary>
    [EnumDataType(typeof(Failsafe))]
    public Failsafe Failsafe { get; set; }

    /// <summary>Bind when the first request arrives, not when downstream has accepted it. Default false.</summary>
    public bool BindOnArrival { get; set; }

    /// <summary>How long a first use holds its key unless it is renewed. Default 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ClaimLease { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a request waits for the outcome of another network's first use. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan ClaimWait { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Bindings that one replica remembers. Default 100,000.</summary>
    [Range(100, 10_000_000)]
    public int MemoryEntries { get; set; } = 100_000;

    /// <summary>How long a key that nobody has bound is not looked up again. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan UnknownKeyLifetime { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Unknown keys that one replica remembers, beside the bindings. Default 10,000.</summary>
    [Range(1, 1_000_000)]
    public int UnknownKeyEntries { get; set; } = 10_000;

    /// <summary>Requests of one key that one replica forwards at once. Default 100; others get 429.</summary>
    [Range(1, 1_000_000)]
    public int MaxStreamsPerKey { get; set; } = 100;

    /// <summary>Requests that one replica forwards at once. Default 10,000; others get 503.</summary>
    [Range(1, 1_000_000)]
    public int MaxStreams { get; set; } = 10_000;

    /// <summary>
    /// Keys that one replica has never seen and looks up at once. Default 64: fewer than it has connections to
    /// PostgreSQL.
    /// </summary>
    [Range(1, 10_000)]
    public int MaxUnknownLookups { get; set; } = 64;

    /// <summary>Requests with such keys that wait for their turn. Default 1,000; others get 503.</summary>
    [Range(0, 1_000_000)]
    public int MaxUnknownWaiting { get; set; } = 1_000;

    /// <summary>How long they wait. Default 2 s; then they get 503.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan MaxUnknownWait { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How old what was last known may be to decide in an outage. Default 24 h; then it is closed.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "30.00:00:00")]
    public TimeSpan SnapshotMaxAge { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Bindings that a snapshot holds, the last used ones. Default 500,000.</summary>
    [Range(1, 10_000_000)]
    public int SnapshotBindings { get; set; } = 500_000;
}
