using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Sentinel.Storage.Pulses;

/// <summary>The pulses of the two stores.</summary>
public sealed partial class StorePulses
{
    private readonly ILogger<StorePulses> _logger;

    public StorePulses(IMeterFactory meters, ILogger<StorePulses> logger)
    {
        _logger = logger;
        Follow(Postgres);
        Follow(Redis);
        var meter = meters.Create("Sentinel.Storage");
        _ = meter.CreateObservableGauge(
            "sentinel.store.available", Measure, description: "Whether a store answers: 1, or 0 in an outage.");
    }

    /// <summary>The truth. Its pulse is listened to by what follows the changes.</summary>
    public Pulse Postgres { get; } = new("PostgreSQL");

    /// <summary>The cache and the bell.</summary>
    public Pulse Redis { get; } = new("Redis");

    private void Follow(Pulse pulse)
    {
        pulse.Lost += (_, _) => Log.Lost(_logger, pulse.Store);
        pulse.Found += (_, _) => Log.Found(_logger, pulse.Store);
    }

    private IEnumerable<Measurement<int>> Measure() =>
        new[] { Postgres, Redis }.Select(pulse => new Measurement<int>(
            pulse.IsLost ? 0 : 1, new KeyValuePair<string, object?>("sentinel.store", pulse.Store)));

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{Store} does not answer. Until it is back, the rules for outages decide.")]
        public static partial void Lost(ILogger logger, string store);

        [LoggerMessage(LogLevel.Information, "{Store} answers again.")]
        public static partial void Found(ILogger logger, string store);
    }
}
