using Microsoft.Extensions.Options;
using OpenTelemetry;
using Sentinel.Storage;
using Sentinel.Storage.Postgres;
using Sentinel.Storage.Pulses;
using Sentinel.Storage.Redis;

namespace Sentinel.Proxy.Decisions;

/// <summary>
/// Asks PostgreSQL several times a second what changed. It is what a lost ring cannot silence, and at the same time the
/// one probe by which an outage of PostgreSQL is noticed and its end too.
/// </summary>
internal sealed class FeedListener(
    ChangeFeed feed,
    StorePulses pulses,
    ChangeWatch watch,
    ChangeRecipient recipient,
    BindingCache cache,
    IOptions<StorageOptions> options,
    TimeProvider clock) : BackgroundService
{
    private const int ChunkSize = 500;
    private static readonly TimeSpan _beat = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan _pruning = TimeSpan.FromHours(1);

    private readonly TimeSpan _limit = TimeSpan.FromMilliseconds(options.Value.PostgresTimeLimit);

    // Once Redis keeps nothing that is older, nobody needs the change.
    private readonly TimeSpan _retention = options.Value.CacheLifetime + _pruning;

    private string _snapshot = ChangeFeed.Beginning;
    private long _readAt = clock.GetTimestamp();
    private long _prunedAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var untraced = SuppressInstrumentationScope.Begin();
        using var timer = new PeriodicTimer(_beat, clock);
        do
        {
            try
            {
                await FollowAsync(stoppingToken);
                await PruneAsync(stoppingToken);
            }
            catch (StoreUnavailableException)
            {
                // The pulse has noted it.
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        var askedAt = clock.GetTimestamp();
        var changes = await pulses.Postgres.ListenAsync(feed.ReadAsync(_snapshot, cancellationToken), _limit, clock);
        if (!changes.IsContinued || clock.GetElapsedTime(_readAt, askedAt) > _pruning)
        {
            // Another database, or one that has forgotten by now what was missed: everything is asked for anew.
            watch.LoseFeed();
            (_snapshot, _readAt) = (ChangeFeed.Beginning, askedAt);
            return;
        }

        foreach (var (fingerprint, version) in changes.Bindings)
        {
            recipient.Take(fingerprint, version);
        }

        watch.ReadFeed(askedAt);
        (_snapshot, _readAt) = (changes.Snapshot, askedAt);
        await RefreshRedisAsync(changes.Bindings, cancellationToken);
    }

    /// <summary>Redis may have missed as much as the bell did.</summary>
    private async Task RefreshRedisAsync(IEnumerable<BindingChange> changes, CancellationToken cancellationToken)
    {
        foreach (var chunk in changes.Chunk(ChunkSize))
        {
            await Task.WhenAll(chunk.Select(change =>
                cache.RemoveAsync(change.Fingerprint, change.Version, cancellationToken)));
        }
    }

    private async Task PruneAsync(CancellationToken cancellationToken)
    {
        if (clock.GetElapsedTime(_prunedAt) > _pruning)
        {
            _prunedAt = clock.GetTimestamp();
            await feed.PruneAsync(_retention, cancellationToken);
        }
    }
}
