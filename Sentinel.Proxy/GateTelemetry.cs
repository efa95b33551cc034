using System.Diagnostics;

namespace Sentinel.Proxy;

/// <summary>The names under which the gate shows its decisions in traces and metrics.</summary>
internal static class GateTelemetry
{
    public const string SourceName = "Sentinel.Gate";

    public const string SpanName = "sentinel.gate";
    public const string DecisionTag = "sentinel.decision";
    public const string ReasonTag = "sentinel.reason";
    public const string HintTag = "sentinel.key.hint";
    public const string CallerTag = "sentinel.caller";
    public const string LookupTag = "sentinel.lookup.source";

    private static readonly ActivitySource _source = new(SourceName);

    /// <summary>Opens the span of one decision. The store trips that it makes become its children.</summary>
    public static Activity? StartDecision() => _source.StartActivity(SpanName);

    /// <summary>Opens the span of one batch of rows, linked to the traces of the decisions that it records.</summary>
    public static Activity? StartBatch(IEnumerable<ActivityLink> decisions) =>
        _source.StartActivity(ActivityKind.Internal, parentContext: default, links: decisions, name: "sentinel.trail");
}
