using Microsoft.Extensions.Logging;

namespace Sentinel.Storage.Postgres;

/// <summary>
/// Migrates at start. A program starts without PostgreSQL too (the gate has its own rule for that), and migrates as
/// soon as it is there; a schema that it must not work with stops it.
/// </summary>
internal sealed partial class SchemaService(SchemaMigrator migrator, TimeProvider clock, ILogger<SchemaService> logger)
    : StartupStep(clock)
{
    protected override Task DoAsync(CancellationToken cancellationToken) => migrator.ApplyAsync(cancellationToken);

    protected override void OnWaiting(StoreUnavailableException reason) => Log.Waiting(logger, reason);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The schema cannot be checked yet, because PostgreSQL does not answer.")]
        public static partial void Waiting(ILogger logger, Exception exception);
    }
}
