using System.Diagnostics;
using System.Diagnostics.Metrics;
using Sentinel.Core.Decisions;

namespace Sentinel.Proxy;

/// <summary>What can be counted about the gate.</summary>
internal sealed class GateMetrics
{
    private readonly Counter<long> _decisions;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _lookups;
    private readonly Counter<long> _downstreamFailures;
    private readonly Counter<long> _endedStreams;
    private readonly Counter<long> _limited;
    private readonly Meter _meter;

    public GateMetrics(IMeterFactory meters)
    {
        var meter = _meter = meters.Create(GateTelemetry.SourceName);
        _decisions = meter.CreateCounter<long>(
            "sentinel.gate.decisions", "{decision}", "Decisions by outcome and reason.");
        _duration = meter.CreateHistogram<double>(
            "sentinel.gate.duration", "s", "How long decisions took, store trips included.");
        _lookups = meter.CreateCounter<long>(
            "sentinel.gate.lookups", "{lookup}", "Which store knew the key.");
        _downstreamFailures = meter.CreateCounter<long>(
            "sentinel.gate.downstream_failures", "{request}", "Requests that downstream did not answer.");
        _endedStreams = meter.CreateCounter<long>(
            "sentinel.gate.ended_streams", "{request}", "Requests that were ended because their key was forbidden.");
        _limited = meter.CreateCounter<long>(
            "sentinel.gate.limited", "{request}", "Requests that found a limit of this replica reached.");
    }

    public void Decided(string outcome, DenyReason? reason) =>
        _decisions.Add(1, new(GateTelemetry.DecisionTag, outcome), new(GateTelemetry.ReasonTag, reason?.Code));

    public void Took(long startedAt)
    {
        if (_duration.Enabled)
        {
            _duration.Record(Stopwatch.GetElapsedTime(startedAt).TotalSeconds);
        }
    }

    public void FoundIn(string source) =>
        _lookups.Add(1, new KeyValuePair<string, object?>(GateTelemetry.LookupTag, source));

    public void DownstreamFailed(DenyReason reason) =>
        _downstreamFailures.Add(1, new KeyValuePair<string, object?>(GateTelemetry.ReasonTag, reason.Code));

    public void Limited(DenyReason reason) =>
        _limited.Add(1, new KeyValuePair<string, object?>(GateTelemetry.ReasonTag, reason.Code));

    public void WatchStreams(Func<int> count) => _ = _meter.CreateObservableUpDownCounter(
        "sentinel.gate.streams", count, "{request}", "Requests that are being forwarded.");

    public void WatchUnknownLookups(Func<int> count) => _ = _meter.CreateObservableUpDownCounter(
        "sentinel.gate.unknown_lookups", count, "{lookup}", "Keys never seen here that are being looked up.");

    public void StreamEnded() => _endedStreams.Add(1);
}
