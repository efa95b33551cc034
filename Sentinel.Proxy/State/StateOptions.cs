namespace Sentinel.Proxy.State;

/// <summary>Where a replica keeps what must outlive it.</summary>
public sealed class StateOptions
{
    public const string SectionName = "Sentinel:State";

    /// <summary>
    /// A folder of this replica alone (<c>SENTINEL_STATE_DIR</c>), for refusals that no store takes and for the
    /// snapshot of <c>frozen</c>. Default none: then an outage of both stores is survived in memory only.
    /// </summary>
    public string? Directory { get; set; }
}
