using System.Diagnostics;
using OpenTelemetry;

namespace Sentinel.ServiceDefaults.Telemetry;

/// <summary>
/// Stands before the exporter. What was sampled passes; a decision that was not, with its store trips, waits for its
/// outcome: a bind or an intercept is told all the same, with the server span around it, and an allow is not. Up to 50
/// such traces a second, so that an attack does not become one on the telemetry too.
/// </summary>
internal sealed class DecisionTraces(BaseProcessor<Activity> export, TimeProvider clock) : BaseProcessor<Activity>
{
    private const int MostPerSecond = 50;
    private const int MostChildren = 64;
    private const string Held = "sentinel.held";

    private readonly Lock _lock = new();
    private long _second;
    private int _forced;

    public override void OnEnd(Activity data)
    {
        if (data.Recorded)
        {
            export.OnEnd(data);
        }
        else if (data.OperationName == DecisionSampler.DecisionSpan)
        {
            Settle(data);
        }
        else
        {
            Hold(data);
        }
    }

    protected override bool OnForceFlush(int timeoutMilliseconds) => export.ForceFlush(timeoutMilliseconds);

    protected override bool OnShutdown(int timeoutMilliseconds) => export.Shutdown(timeoutMilliseconds);

    protected override void Dispose(bool disposing)
    {
        export.Dispose();
        base.Dispose(disposing);
    }

    private void Hold(Activity child)
    {
        var decision = child.Parent;
        while (decision is not null && decision.OperationName != DecisionSampler.DecisionSpan)
        {
            decision = decision.Parent;
        }

        if (decision is null)
        {
            return;
        }

        lock (_lock)
        {
            if (!decision.Recorded)
            {
                var held = decision.GetCustomProperty(Held) as List<Activity> ?? [];
                decision.SetCustomProperty(Held, held);
                if (held.Count < MostChildren)
                {
                    held.Add(child);
                }

                return;
            }
        }

        Tell(child);
    }

    private void Settle(Activity decision)
    {
        List<Activity> held;
        lock (_lock)
        {
            var outcome = decision.GetTagItem("sentinel.decision") as string;
            if (outcome is not ("bind" or "intercept" or "would_intercept") || !TryForce())
            {
                return;
            }

            decision.ActivityTraceFlags |= ActivityTraceFlags.Recorded;
            held = decision.GetCustomProperty(Held) as List<Activity> ?? [];
        }

        if (decision.Parent is { } server)
        {
            server.IsAllDataRequested = true;
            server.ActivityTraceFlags |= ActivityTraceFlags.Recorded;
        }

        held.ForEach(Tell);
        export.OnEnd(decision);
    }

    private void Tell(Activity span)
    {
        span.ActivityTraceFlags |= ActivityTraceFlags.Recorded;
        export.OnEnd(span);
    }

    private bool TryForce()
    {
        var second = clock.GetTimestamp() / clock.TimestampFrequency;
        if (second != _second)
        {
            (_second, _forced) = (second, 0);
        }

        return ++_forced <= MostPerSecond;
    }
}
