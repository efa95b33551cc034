using System.Diagnostics.Metrics;

namespace Sentinel.Proxy.Decisions;

/// <summary>What can be counted about first uses.</summary>
internal sealed class ClaimMetrics
{
    /// <summary>The key is bound.</summary>
    public const string Bound = "bound";

    /// <summary>Downstream did not accept the key.</summary>
    public const string Withdrawn = "withdrawn";

    /// <summary>The key is another network's.</summary>
    public const string Lost = "lost";

    /// <summary>There were too many first uses of the network.</summary>
    public const string Flooded = "flooded";

    private const string OutcomeTag = "sentinel.claim.outcome";

    private readonly Counter<long> _ended;
    private readonly UpDownCounter<long> _waiting;

    public ClaimMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(GateTelemetry.SourceName);
        _ended = meter.CreateCounter<long>("sentinel.gate.claims", "{claim}", "First uses by how they ended.");
        _waiting = meter.CreateUpDownCounter<long>(
            "sentinel.gate.waiting_claims", "{claim}", "First uses that wait for the turn of their network.");
    }

    public void Ended(string outcome) =>
        _ended.Add(1, new KeyValuePair<string, object?>(OutcomeTag, outcome));

    /// <summary>A first use waits until what is returned is disposed of.</summary>
    public IDisposable Waiting()
    {
        _waiting.Add(1);
        return new Wait(_waiting);
    }

    private sealed class Wait(UpDownCounter<long> waiting) : IDisposable
    {
        public void Dispose() => waiting.Add(-1);
    }
}
