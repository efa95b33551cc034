using Sentinel.Core.Credentials;
using Sentinel.Storage;
using Sentinel.Storage.Postgres;

namespace Sentinel.Proxy.Credentials;

/// <summary>
/// Takes this replica's secret into use before its first request, or as soon as PostgreSQL is there. With a secret that
/// is not the one under which keys are known, it does not start: every known key would be unknown.
/// </summary>
internal sealed partial class SecretRegistrar(
    SecretStore secrets, SecretRing ring, TimeProvider clock, ILogger<SecretRegistrar> logger) : BackgroundService
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(500);
    private bool _isDone;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        _isDone = await TryRegisterAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_pause, clock);
        while (!_isDone && await timer.WaitForNextTickAsync(stoppingToken))
        {
            _isDone = await TryRegisterAsync(stoppingToken);
        }
    }

    private async Task<bool> TryRegisterAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await secrets.RegisterAsync(ring, cancellationToken) is { } problem)
            {
                Log.Lacking(logger, problem);
            }

            return true;
        }
        catch (StoreUnavailableException exception)
        {
            Log.Waiting(logger, exception);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{Problem}")]
        public static partial void Lacking(ILogger logger, string problem);

        [LoggerMessage(LogLevel.Warning, "The secret of the fingerprints cannot be taken into use yet.")]
        public static partial void Waiting(ILogger logger, Exception exception);
    }
}
