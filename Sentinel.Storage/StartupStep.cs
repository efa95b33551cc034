using Microsoft.Extensions.Hosting;

namespace Sentinel.Storage;

/// <summary>
/// One thing that a program does at its start, before it answers. It starts without its stores too: then it is tried
/// again after every pause, until it is done. Any other exception ends the program.
/// </summary>
public abstract class StartupStep(TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(500);
    private bool _isDone;

    public sealed override async Task StartAsync(CancellationToken cancellationToken)
    {
        _isDone = await TryAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <exception cref="StoreUnavailableException">It cannot be done yet.</exception>
    protected abstract Task DoAsync(CancellationToken cancellationToken);

    /// <summary>Says that it has to wait; unless another step says so already.</summary>
    protected virtual void OnWaiting(StoreUnavailableException reason)
    {
    }

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_pause, clock);
        while (!_isDone && await timer.WaitForNextTickAsync(stoppingToken))
        {
            _isDone = await TryAsync(stoppingToken);
        }
    }

    private async Task<bool> TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await DoAsync(cancellationToken);
            return true;
        }
        catch (StoreUnavailableException reason)
        {
            OnWaiting(reason);
            return false;
        }
    }
}
