using Microsoft.Extensions.Options;
using Sentinel.Storage;

namespace Sentinel.AdminApi.Retention;

/// <summary>Sweeps from time to time.</summary>
internal sealed partial class SweepService(
    Sweep sweep, IOptions<RetentionOptions> options, TimeProvider clock, ILogger<SweepService> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await SweepAsync(stoppingToken);
        }
    }

    private async Task SweepAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (await sweep.RunAsync(stoppingToken) is { } report)
            {
                Log.Swept(logger, report.Bindings, report.Partitions.Count, report.Claims, report.Deliveries);
            }
        }
        catch (StoreUnavailableException exception)
        {
            Log.Away(logger, exception);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.Failed(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Information,
            "Archived {Bindings} bindings; dropped {Months} months, {Claims} claims and {Deliveries} deliveries.")]
        public static partial void Swept(ILogger logger, long bindings, int months, long claims, long deliveries);

        [LoggerMessage(LogLevel.Warning, "The sweep was broken off, because PostgreSQL does not answer.")]
        public static partial void Away(ILogger logger, Exception exception);

        [LoggerMessage(LogLevel.Error, "The sweep failed. The next one tries again.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
