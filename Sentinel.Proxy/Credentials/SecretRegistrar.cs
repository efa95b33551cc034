using Sentinel.Core.Credentials;
using Sentinel.Storage;
using Sentinel.Storage.Postgres;

namespace Sentinel.Proxy.Credentials;

/// <summary>
/// Takes this replica's secret into use before its first request, or as soon as PostgreSQL is there. With a secret that
/// is not the one under which keys are known, it does not start: every known key would be unknown.
/// </summary>
internal sealed partial class SecretRegistrar(
    SecretStore secrets, SecretRing ring, TimeProvider clock, ILogger<SecretRegistrar> logger) : StartupStep(clock)
{
    protected override async Task DoAsync(CancellationToken cancellationToken)
    {
        if (await secrets.RegisterAsync(ring, cancellationToken) is { } problem)
        {
            Log.Lacking(logger, problem);
        }
    }

    protected override void OnWaiting(StoreUnavailableException reason) => Log.Waiting(logger, reason);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{Problem}")]
        public static partial void Lacking(ILogger logger, string problem);

        [LoggerMessage(LogLevel.Warning, "The secret of the fingerprints cannot be taken into use yet.")]
        public static partial void Waiting(ILogger logger, Exception exception);
    }
}
