using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sentinel.Storage.Postgres;

namespace Sentinel.Storage.Settings;

/// <summary>
/// Follows the live settings. It asks twice a second instead of waiting to be told: no lost message delays a change,
/// and while PostgreSQL is away what counted last still counts.
/// </summary>
internal sealed partial class LiveSettingsService(
    SettingQueries settings,
    LiveConfiguration configuration,
    SettingSeal seal,
    TimeProvider clock,
    ILogger<LiveSettingsService> logger) : BackgroundService
{
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(500);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await FollowAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await FollowAsync(stoppingToken);
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var name in configuration.Apply(await settings.CurrentAsync(cancellationToken), seal))
            {
                Log.Unreadable(logger, name);
            }
        }
        catch (StoreUnavailableException)
        {
            // Whoever needs PostgreSQL for its own work says that it is away.
        }
        catch (AggregateException exception)
        {
            // Those who found fault with it go on with what they had; nobody falls over a setting.
            Log.Refused(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "A live setting does not go together with the settings of this program.")]
        public static partial void Refused(ILogger logger, Exception exception);

        [LoggerMessage(
            LogLevel.Error,
            "The secret setting {Setting} was sealed under another ADMIN_JWT_SECRET. Set it again; until then it "
            + "counts as not set.")]
        public static partial void Unreadable(ILogger logger, string setting);
    }
}
