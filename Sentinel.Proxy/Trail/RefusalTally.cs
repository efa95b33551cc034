using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using Sentinel.Core.Decisions;
using Sentinel.Core.Trail;

namespace Sentinel.Proxy.Trail;

/// <summary>How often a key was refused since it was last asked, and the last of these refusals.</summary>
internal sealed record Refusals(AlertSubject Subject, Intercept Last, int Count);

/// <summary>Counts the refusals of each key in memory.</summary>
internal sealed class RefusalTally
{
    private readonly ConcurrentDictionary<AlertSubject, Refusals> _counting = [];
    private readonly IOptionsMonitor<AlertOptions> _options;
    private readonly Counter<long> _uncounted;

    public RefusalTally(IOptionsMonitor<AlertOptions> options, IMeterFactory meters)
    {
        _options = options;
        _uncounted = meters.Create(GateTelemetry.SourceName).CreateCounter<long>(
            "sentinel.alerts.uncounted", "{intercept}", "Refusals of more keys than are counted at once.");
    }

    /// <summary>Counts a refusal, if it says anything about its key: an outage of ours does not.</summary>
    public void Note(Intercept intercept, DenyReason reason)
    {
        var tells = reason.Status == StatusCodes.Status403Forbidden && reason != DenyReason.CallerUnknown;
        if (tells && intercept.Fingerprint is { } key && _options.CurrentValue.Threshold > 0)
        {
            Add(new Refusals(new AlertSubject(key, intercept.BindingId), intercept, intercept.Count));
        }
    }

    /// <summary>Adds refusals, the last of which is later than those that are there.</summary>
    public void Add(Refusals refusals)
    {
        if (_counting.Count >= _options.CurrentValue.MaxKeys && !_counting.ContainsKey(refusals.Subject))
        {
            _uncounted.Add(refusals.Count);
            return;
        }

        _ = _counting.AddOrUpdate(
            refusals.Subject,
            static (_, more) => more,
            static (_, known, more) => more with { Count = known.Count + more.Count },
            refusals);
    }

    /// <summary>Takes all that was counted.</summary>
    public List<Refusals> Take()
    {
        var taken = new List<Refusals>();
        foreach (var subject in _counting.Keys)
        {
            if (_counting.TryRemove(subject, out var refusals))
            {
                taken.Add(refusals);
            }
        }

        return taken;
    }
}
