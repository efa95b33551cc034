using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Sentinel.Storage.Postgres;

/// <summary>
/// Migrates at start. A program starts without PostgreSQL too (the gate has its own rule for that), and migrates as
/// soon as it is there; a schema that it must not work with stops it.
/// </summary>
internal sealed partial class SchemaService(
    SchemaMigrator migrator, TimeProvider clock, ILogger<SchemaService> logger) : BackgroundService
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);
    private bool _isDone;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        _isDone = await TryMigrateAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_pause, clock);
        while (!_isDone && await timer.WaitForNextTickAsync(stoppingToken))
        {
            _isDone = await TryMigrateAsync(stoppingToken);
        }
    }

    private async Task<bool> TryMigrateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await migrator.ApplyAsync(cancellationToken);
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
        [LoggerMessage(LogLevel.Error, "The schema cannot be checked yet, because PostgreSQL does not answer.")]
        public static partial void Waiting(ILogger logger, Exception exception);
    }
}
