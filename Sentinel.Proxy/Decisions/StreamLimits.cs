using Microsoft.Extensions.Options;
using Sentinel.Core.Decisions;

namespace Sentinel.Proxy.Decisions;

/// <summary>
/// Keeps one key from taking all streams, and all keys together from taking more than this replica can hold. Only what
/// would be forwarded takes part: refused requests take nothing from the owner of the key that they present.
/// </summary>
internal sealed class StreamLimits
{
    private readonly OpenStreams _streams;
    private readonly FirstUses _firstUses;
    private readonly IOptionsMonitor<DecisionOptions> _options;
    private readonly GateMetrics _metrics;
    private int _admitted;

    public StreamLimits(
        OpenStreams streams, FirstUses firstUses, IOptionsMonitor<DecisionOptions> options, GateMetrics metrics)
    {
        (_streams, _firstUses, _options, _metrics) = (streams, firstUses, options, metrics);
        metrics.WatchStreams(() => _admitted);
    }

    /// <summary>Takes a place for a request that was decided on; without one it is refused.</summary>
    public ValueTask ApplyAsync(GateRequest request)
    {
        if (request.Reason is not null || FindFull(request) is not { } full)
        {
            return ValueTask.CompletedTask;
        }

        _metrics.Limited(full);
        request.Reason = full;
        return request.Claim is { } claim ? new ValueTask(_firstUses.LeaveAsync(claim)) : ValueTask.CompletedTask;
    }

    /// <summary>Gives the place back.</summary>
    public void Release(GateRequest request)
    {
        if (request.HasPlace)
        {
            _ = Interlocked.Decrement(ref _admitted);
        }

        _streams.Remove(request);
    }

    private DenyReason? FindFull(GateRequest request)
    {
        var limits = _options.CurrentValue;
        request.HasPlace = true;
        if (Interlocked.Increment(ref _admitted) > limits.MaxStreams)
        {
            return DenyReason.Overloaded;
        }

        return _streams.TryAdmit(request, limits.MaxStreamsPerKey) ? null : DenyReason.RateLimited;
    }
}
