namespace Sentinel.Proxy.Trail;

/// <summary>Takes what the gate noted to a store, from time to time.</summary>
internal interface ITrailWriter
{
    /// <summary>How often.</summary>
    TimeSpan Interval { get; }

    /// <summary>Writes what there is. What a store does not take now is kept for the next time.</summary>
    Task FlushAsync(CancellationToken cancellationToken);
}
