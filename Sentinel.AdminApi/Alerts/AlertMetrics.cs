using System.Diagnostics.Metrics;

namespace Sentinel.AdminApi.Alerts;

/// <summary>What can be counted about alerts.</summary>
internal sealed class AlertMetrics
{
    private readonly Counter<long> _attempts;
    private readonly Histogram<double> _delay;

    public AlertMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Sentinel.Alerts");
        _attempts = meter.CreateCounter<long>(
            "sentinel.alerts.attempts", "{attempt}", "Attempts to deliver an alert, by the state that they left.");
        _delay = meter.CreateHistogram<double>(
            "sentinel.alerts.delay", "s", "How long delivered alerts were on their way.");
    }

    /// <summary>An attempt left its alert in a state: delivered, pending or failed.</summary>
    public void Attempted(string state) =>
        _attempts.Add(1, new KeyValuePair<string, object?>("sentinel.alerts.state", state));

    public void Delivered(TimeSpan delay) => _delay.Record(delay.TotalSeconds);
}
