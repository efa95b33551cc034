using System.Collections.Concurrent;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;
using Sentinel.Storage.Redis;

namespace Sentinel.AdminApi.Bindings;

/// <summary>
/// Makes all replicas forget what they know of a changed binding. What Redis did not take is said again every second
/// until it did: a ban must not wait for a cache to expire.
/// </summary>
internal sealed class BindingAnnouncer(BindingCache cache, Bell bell, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<KeyFingerprint, long> _pending = [];

    /// <summary>Says it now, whatever becomes of the request that asked for the change: the change is made.</summary>
    public async Task AnnounceAsync(Binding changed)
    {
        foreach (var name in changed.Names)
        {
            _pending[name] = changed.Version;
            await SayAsync(name, changed.Version, CancellationToken.None);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var (fingerprint, version) in _pending)
            {
                await SayAsync(fingerprint, version, stoppingToken);
            }
        }
    }

    // The cache first: whoever hears the bell looks there.
    private async Task SayAsync(KeyFingerprint fingerprint, long version, CancellationToken cancellationToken)
    {
        await cache.RemoveAsync(fingerprint, version, cancellationToken);
        if (await bell.RingAsync(fingerprint, version, cancellationToken))
        {
            _ = _pending.TryRemove(KeyValuePair.Create(fingerprint, version));
        }
    }
}
