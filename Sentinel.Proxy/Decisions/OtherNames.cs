using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;
using Sentinel.Storage.Postgres;
using Sentinel.Storage.Redis;

namespace Sentinel.Proxy.Decisions;

/// <summary>
/// Knows keys by what they are called under other secrets than the one in use, so that its rotation makes no known key
/// unknown: not to who asks PostgreSQL, and not in an outage. While no secret is rotated, there is nothing to ask.
/// </summary>
internal sealed class OtherNames(
    SecretRing ring, BindingStore store, BindingCache cache, SnapshotKeeper snapshot, Bell bell)
{
    /// <summary>Finds a key under another name in PostgreSQL; from then on it has the one in use.</summary>
    public async Task<Binding?> MoveAsync(Credential credential)
    {
        if (ring.IsAlone
            || await store.MoveAsync(ring.NamesOf(credential), CancellationToken.None) is not { } moved)
        {
            return null;
        }

        _ = await bell.RingAsync(moved, CancellationToken.None);
        return moved.Alias == credential.Fingerprint
            ? moved with { Fingerprint = credential.Fingerprint, Alias = moved.Fingerprint }
            : moved;
    }

    /// <summary>Finds a key under another name in Redis: for the time in which PostgreSQL cannot be asked.</summary>
    public async Task<Binding?> FindInRedisAsync(Credential credential)
    {
        foreach (var name in Of(credential))
        {
            if (await cache.GetAsync(name, CancellationToken.None) is { } binding)
            {
                return binding;
            }
        }

        return null;
    }

    /// <summary>Finds what the snapshot says of a key under another name.</summary>
    public Binding? FindInSnapshot(Credential credential) =>
        Of(credential).Select(snapshot.Find).FirstOrDefault(binding => binding is not null);

    /// <summary>The same from the first moment of an outage on, when the snapshot has yet to be read.</summary>
    public async ValueTask<Binding?> FindInSnapshotNowAsync(Credential credential)
    {
        foreach (var name in Of(credential))
        {
            if (await snapshot.FindNowAsync(name) is { } binding)
            {
                return binding;
            }
        }

        return null;
    }

    private IEnumerable<KeyFingerprint> Of(Credential credential) => ring.IsAlone
        ? []
        : ring.NamesOf(credential).Select(name => name.Fingerprint).Where(name => name != credential.Fingerprint);
}
