namespace Sentinel.Proxy.Trail;

/// <summary>Runs the writers, each at its own pace, and once more when the last request is through.</summary>
internal sealed partial class TrailService(
    IEnumerable<ITrailWriter> writers, TimeProvider clock, ILogger<TrailService> logger) : BackgroundService
{
    private readonly ITrailWriter[] _writers = [.. writers];

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(_writers.Select(writer => TryFlushAsync(writer, cancellationToken)));
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_writers.Select(writer => RunAsync(writer, stoppingToken)));

    private async Task RunAsync(ITrailWriter writer, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(writer.Interval, clock);
        using var stop = stoppingToken.Register(timer.Dispose);
        while (await timer.WaitForNextTickAsync(CancellationToken.None))
        {
            await TryFlushAsync(writer, stoppingToken);
        }
    }

    private async Task TryFlushAsync(ITrailWriter writer, CancellationToken cancellationToken)
    {
        try
        {
            await writer.FlushAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // What was not written is still there for the last flush.
        }
        catch (Exception exception)
        {
            Log.Failed(logger, writer.GetType().Name, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{Writer} could not write. It tries again.")]
        public static partial void Failed(ILogger logger, string writer, Exception exception);
    }
}
