using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sentinel.Storage.Postgres;

namespace Sentinel.Storage.Settings;

/// <summary>
/// Follows the live settings. It asks twice a second instead of waiting to be told: no lost message delays a change,
/// and while PostgreSQL is away what counted last still counts.
/// </summary>
public sealed partial class LiveSettingsService : BackgroundService
{
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(500);

    private readonly SettingQueries _settings;
    private readonly LiveConfiguration _configuration;
    private readonly SettingSeal _seal;
    private readonly TimeProvider _clock;
    private readonly ILogger<LiveSettingsService> _logger;

    // One after the other: no older state is ever applied after a newer one.
    private readonly SemaphoreSlim _turn = new(1);

    internal LiveSettingsService(
        SettingQueries settings,
        LiveConfiguration configuration,
        SettingSeal seal,
        TimeProvider clock,
        ILogger<LiveSettingsService> logger) =>
        (_settings, _configuration, _seal, _clock, _logger) = (settings, configuration, seal, clock, logger);

    /// <summary>Asks now: whoever made a change here finds it in effect here.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            foreach (var name in _configuration.Apply(await _settings.CurrentAsync(cancellationToken), _seal))
            {
                Log.Unreadable(_logger, name);
            }
        }
        catch (StoreUnavailableException)
        {
            // Whoever needs PostgreSQL for its own work says that it is away.
        }
        catch (AggregateException exception)
        {
            // Those who found fault with it go on with what they had; nobody falls over a setting.
            Log.Refused(_logger, exception);
        }
        finally
        {
            _ = _turn.Release();
        }
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await FollowAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_interval, _clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await FollowAsync(stoppingToken);
        }
    }

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
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
