using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Sentinel.Storage.Pulses;

/// <summary>Listens to Redis. It alone asks while Redis is silent.</summary>
internal sealed class RedisPulse(
    IConnectionMultiplexer redis, StorePulses pulses, IOptions<StorageOptions> options, TimeProvider clock)
    : BackgroundService
{
    private static readonly TimeSpan _beat = TimeSpan.FromMilliseconds(250);

    // The client waits for ever on a connection whose other end is gone without a word.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    private readonly TimeSpan _limit = TimeSpan.FromMilliseconds(options.Value.RedisTimeLimit);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_beat, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var ping = PingAsync().WaitAsync(_patience, clock, stoppingToken);
                _ = await pulses.Redis.ListenAsync(ping, _limit, clock);
            }
            catch (Exception exception)
                when (exception is RedisException or TimeoutException or ObjectDisposedException)
            {
                // The pulse has noted it.
            }
        }
    }

    private async Task<TimeSpan> PingAsync() => await redis.GetDatabase().PingAsync();
}
