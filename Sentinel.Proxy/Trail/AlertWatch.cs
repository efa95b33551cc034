using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using Sentinel.Core.Contracts;
using Sentinel.Core.Trail;
using Sentinel.Storage.Postgres;
using Sentinel.Storage.Redis;

namespace Sentinel.Proxy.Trail;

/// <summary>
/// Raises an alert when the refusals of a key reach the threshold. Redis counts over all replicas, in one trip for
/// many keys; while it is away this replica goes by what it counted itself. PostgreSQL settles which replica raises
/// the alert, and keeps it until it is delivered.
/// </summary>
internal sealed partial class AlertWatch(
    RefusalTally tally,
    InterceptCounters counters,
    AlertStore alerts,
    IOptionsMonitor<AlertOptions> options,
    TimeProvider clock,
    IMeterFactory meters,
    ILogger<AlertWatch> logger) : ITrailWriter
{
    private const int BatchSize = 500;

    private readonly Counter<long> _raised = meters.Create(GateTelemetry.SourceName).CreateCounter<long>(
        "sentinel.alerts.raised", "{alert}", "Alerts that were raised.");

    private readonly Dictionary<AlertSubject, (Refusals Last, long Count)> _due = [];
    private readonly Dictionary<AlertSubject, DateTimeOffset> _silent = [];

    public TimeSpan Interval { get; } = options.CurrentValue.CountInterval;

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        ForgetSilences();
        using var untraced = SuppressInstrumentationScope.Begin();
        foreach (var batch in tally.Take().Chunk(BatchSize))
        {
            await CountAsync(batch, cancellationToken);
        }

        foreach (var (subject, (last, count)) in _due)
        {
            await RaiseAsync(last, count, cancellationToken);
            _ = _due.Remove(subject);
        }
    }

    private async Task CountAsync(Refusals[] batch, CancellationToken cancellationToken)
    {
        var rules = options.CurrentValue;
        var counts = await counters.AddAsync(
            [.. batch.Select(it => (it.Subject, it.Count))], rules.Window, cancellationToken);
        for (var i = 0; i < batch.Length; i++)
        {
            var refusals = batch[i];
            var count = counts?[i] ?? refusals.Count;
            if (count >= rules.Threshold && !_silent.ContainsKey(refusals.Subject))
            {
                _due[refusals.Subject] = (refusals, count);
            }
            else if (counts is null && clock.GetUtcNow() - refusals.Last.OccurredAt < rules.Window)
            {
                tally.Add(refusals);
            }
        }
    }

    private async Task RaiseAsync(Refusals refusals, long count, CancellationToken cancellationToken)
    {
        var alert = Describe(refusals, count);
        var silence = await alerts.RaiseAsync(refusals.Subject, alert, options.CurrentValue.Silence, cancellationToken);
        _silent[refusals.Subject] = silence.Until;
        if (silence.IsRaised)
        {
            _raised.Add(1);
            Log.Raised(logger, alert.Hint, count);
        }
    }

    private AlertEvent Describe(Refusals refusals, long count)
    {
        var last = refusals.Last;
        return new AlertEvent(
            Guid.CreateVersion7(clock.GetUtcNow()),
            "intercepts",
            last.OccurredAt,
            last.Hint,
            last.BindingId,
            [.. last.Networks.Select(network => network.ToString())],
            last.Caller?.ToString(),
            last.Reason,
            count,
            (int)options.CurrentValue.Window.TotalSeconds,
            last.Observed);
    }

    private void ForgetSilences()
    {
        foreach (var (subject, until) in _silent)
        {
            if (until <= clock.GetUtcNow())
            {
                _ = _silent.Remove(subject);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "An alert is raised: key {Hint} was refused {Count} times.")]
        public static partial void Raised(ILogger logger, string hint, long count);
    }
}
