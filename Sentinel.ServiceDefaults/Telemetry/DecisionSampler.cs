using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Trace;

namespace Sentinel.ServiceDefaults.Telemetry;

/// <summary>
/// Follows the ratio of <c>OTEL_TRACES_SAMPLER</c>, but for decisions of the gate: they are written down in any case,
/// with the store trips that they make, until <see cref="DecisionTraces"/> knows whether they are to be told.
/// </summary>
internal sealed class DecisionSampler(double ratio) : Sampler
{
    /// <summary>The span of one decision.</summary>
    public const string DecisionSpan = "sentinel.gate";

    private readonly ParentBasedSampler _ratio = new(new TraceIdRatioBasedSampler(ratio));

    /// <summary>The sampler that the standard variables ask for.</summary>
    public static DecisionSampler From(IConfiguration configuration) => new(
        configuration["OTEL_TRACES_SAMPLER"] switch
        {
            "always_off" or "parentbased_always_off" => 0,
            "traceidratio" or "parentbased_traceidratio" => configuration.GetValue("OTEL_TRACES_SAMPLER_ARG", 1.0),
            _ => 1,
        });

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        var recordsOthers = samplingParameters.Links?.Any(IsRecorded) is true;
        var byRatio = _ratio.ShouldSample(samplingParameters);
        if (recordsOthers || byRatio.Decision is SamplingDecision.RecordAndSample)
        {
            return new SamplingResult(SamplingDecision.RecordAndSample);
        }

        var belongsToDecision = samplingParameters.Name == DecisionSpan
            || Activity.Current is { IsAllDataRequested: true, Recorded: false };
        return belongsToDecision ? new SamplingResult(SamplingDecision.RecordOnly) : byRatio;
    }

    private static bool IsRecorded(ActivityLink link) => link.Context.TraceFlags.HasFlag(ActivityTraceFlags.Recorded);
}
