namespace Sentinel.Proxy.Trail;

/// <summary>Runs the writers, each at its own pace, and once more when the last request is through.</summary>
internal sealed partial class TrailService(
    IEnumerable<ITrailWriter> writers, TimeProvider clock, ILogger<TrailService> logger) : BackgroundService
{
    // Never disposed of: the host does not wait for a last flush for ever, and that one still gives its turn back.
    private readonly (ITrailWriter Writer, SemaphoreSlim Turn)[] _writers =
        [.. writers.Select(writer => (writer, new SemaphoreSlim(1)))];

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(_writers.Select(it => TryFlushAsync(it.Writer, it.Turn, cancellationToken)));
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_writers.Select(it => RunAsync(it.Writer, it.Turn, stoppingToken)));

    private async Task RunAsync(ITrailWriter writer, SemaphoreSlim turn, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(writer.Interval, clock);
        using var stop = stoppingToken.Register(timer.Dispose);
        while (await timer.WaitForNextTickAsync(CancellationToken.None))
        {
            await TryFlushAsync(writer, turn, stoppingToken);
        }
    }

    /// <summary>No writer is made for two at once: the last flush waits for the one before.</summary>
    private async Task TryFlushAsync(ITrailWriter writer, SemaphoreSlim turn, CancellationToken cancellationToken)
    {
        try
        {
            await turn.WaitAsync(cancellationToken);
            try
            {
                await writer.FlushAsync(cancellationToken);
            }
            finally
            {
                _ = turn.Release();
            }
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
