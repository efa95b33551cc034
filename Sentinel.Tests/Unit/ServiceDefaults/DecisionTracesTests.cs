using System.Collections.Concurrent;
using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;
using Sentinel.ServiceDefaults.Telemetry;
using Sentinel.Tests.Unit.Decisions;

namespace Sentinel.Tests.Unit.ServiceDefaults;

/// <summary>What is told of decisions when nothing at all is sampled.</summary>
public sealed class DecisionTracesTests : IDisposable
{
    private readonly ActivitySource _source = new($"Sentinel.Tests.{Guid.NewGuid()}");
    private readonly HandClock _clock = new();
    private readonly Collector _told = new();
    private readonly TracerProvider _provider;

    public DecisionTracesTests() => _provider = Sdk.CreateTracerProviderBuilder()
        .AddSource(_source.Name)
        .SetSampler(new DecisionSampler(ratio: 0))
        .AddProcessor(new DecisionTraces(_told, _clock))
        .Build();

    [Theory]
    [InlineData("bind")]
    [InlineData("intercept")]
    [InlineData("would_intercept")]
    public void Bind_and_intercept_are_told_with_the_request_around_them_and_the_trips_within(string outcome)
    {
        Decide(outcome);

        Assert.Equal(["HGET", "SELECT", "sentinel.gate", "server"], _told.Names);
        Assert.Single(_told.Spans.Select(span => span.TraceId).Distinct());
        var gate = _told.Spans.Single(span => span.OperationName == "sentinel.gate");
        var server = _told.Spans.Single(span => span.OperationName == "server");
        Assert.Equal(server.SpanId, gate.ParentSpanId);
        Assert.Equal(2, _told.Spans.Count(span => span.ParentSpanId == gate.SpanId));
    }

    [Theory]
    [InlineData("allow")]
    [InlineData("refuse")]
    public void What_follows_the_ratio_is_not_told(string outcome)
    {
        Decide(outcome);

        Assert.Empty(_told.Names);
    }

    [Fact]
    public void What_comes_after_the_decision_belongs_to_its_trace()
    {
        Decide("bind", () => _source.StartActivity("promotion")!.Dispose());

        Assert.Contains("promotion", _told.Names);
    }

    [Fact]
    public void Flood_of_intercepts_is_no_flood_of_traces()
    {
        for (var i = 0; i < 60; i++)
        {
            Decide("intercept");
        }

        Assert.Equal(50, _told.Names.Count(name => name == "sentinel.gate"));
        _clock.Advance(1);
        Decide("intercept");
        Assert.Equal(51, _told.Names.Count(name => name == "sentinel.gate"));
    }

    [Fact]
    public void Batch_of_rows_is_told_if_one_of_their_decisions_was()
    {
        var told = Decide("intercept");
        var untold = Decide("allow");

        StartBatch(untold);
        Assert.DoesNotContain("sentinel.trail", _told.Names);
        StartBatch(untold, told);

        Assert.Contains("sentinel.trail", _told.Names);
    }

    public void Dispose()
    {
        _provider.Dispose();
        _told.Dispose();
        _source.Dispose();
    }

    private ActivityContext Decide(string outcome, Action? afterwards = null)
    {
        using var server = _source.StartActivity("server", ActivityKind.Server);
        using var gate = _source.StartActivity("sentinel.gate")!;
        _source.StartActivity("HGET", ActivityKind.Client)!.Dispose();
        _source.StartActivity("SELECT", ActivityKind.Client)!.Dispose();
        gate.SetTag("sentinel.decision", outcome);
        gate.Dispose();
        afterwards?.Invoke();
        return gate.Context;
    }

    private void StartBatch(params ActivityContext[] decisions) => _source.StartActivity(
        ActivityKind.Internal, default(ActivityContext), links: decisions.Select(it => new ActivityLink(it)),
        name: "sentinel.trail")?.Dispose();

    private sealed class Collector : BaseProcessor<Activity>
    {
        public ConcurrentQueue<Activity> Spans { get; } = new();

        public IEnumerable<string> Names => Spans.Select(span => span.OperationName);

        public override void OnEnd(Activity data) => Spans.Enqueue(data);
    }
}
