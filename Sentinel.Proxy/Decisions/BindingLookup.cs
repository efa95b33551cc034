using System.Collections.Concurrent;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;
using Sentinel.Storage;
using Sentinel.Storage.Postgres;
using Sentinel.Storage.Redis;

namespace Sentinel.Proxy.Decisions;

/// <summary>Finds a key's binding: memory, then Redis, then PostgreSQL. One flight per key asks the stores.</summary>
internal sealed class BindingLookup(
    BindingMemory memory,
    UnknownKeys unknown,
    BindingCache cache,
    BindingStore store,
    SnapshotKeeper snapshot,
    OtherNames others,
    GateMetrics metrics,
    TimeProvider clock)
{
    private readonly ConcurrentDictionary<KeyFingerprint, Lazy<Task<Binding?>>> _flights = new();

    /// <summary>Whether what was last known is too old to be decided by: then the gate is closed.</summary>
    public bool IsTooOld => snapshot is { IsExpired: true, WasConfirmed: true };

    /// <summary>The binding, if this replica remembers it. Makes no trip and allocates nothing.</summary>
    public Binding? Recall(KeyFingerprint fingerprint)
    {
        if (!memory.TryRecall(fingerprint, out var binding))
        {
            return null;
        }

        metrics.FoundIn("memory");
        return binding;
    }

    /// <summary>What was last known of a key, for the time in which the stores cannot be asked.</summary>
    public Binding? RecallLastKnown(Credential credential)
    {
        if (snapshot.IsExpired)
        {
            return null;
        }

        var kept = snapshot.Find(credential.Fingerprint);
        return memory.RecallLastKnown(credential.Fingerprint)
            ?? Current(kept)
            ?? Current(others.FindInSnapshot(credential));

        Binding? Current(Binding? binding) => binding is not null && !memory.IsOutdated(binding) ? binding : null;
    }

    /// <summary>The same from the first moment of an outage on, when the snapshot has yet to be read.</summary>
    public async ValueTask<Binding?> RecallLastKnownAsync(Credential credential)
    {
        var known = RecallLastKnown(credential);
        if (known is not null || snapshot.IsExpired)
        {
            return known;
        }

        var kept = await snapshot.FindNowAsync(credential.Fingerprint)
            ?? await others.FindInSnapshotNowAsync(credential);
        return kept is not null && !memory.IsOutdated(kept) ? kept : null;
    }

    /// <summary>The binding, or null if there is none; a claim comes as it is, since it changes with time.</summary>
    /// <exception cref="StoreUnavailableException">Whether there is one cannot be known at the moment.</exception>
    public Task<Binding?> FindAsync(Credential credential) =>
        Recall(credential.Fingerprint) is { } binding ? Task.FromResult<Binding?>(binding)
        : RecallUnknown(credential.Fingerprint) ? Task.FromResult<Binding?>(null)
        : AskAsync(credential);

    /// <summary>The same, but asks the stores about a key that was unknown a moment ago.</summary>
    /// <exception cref="StoreUnavailableException">Whether there is one cannot be known at the moment.</exception>
    public Task<Binding?> AskAsync(Credential credential) => _flights.GetOrAdd(
        credential.Fingerprint,
        static (_, flight) => new(() => flight.Self.FlyAsync(flight.Credential)),
        (Self: this, Credential: credential)).Value;

    /// <summary>Forgets what is older than a version. Nobody joins a flight any more that may bring it home.</summary>
    public void Forget(KeyFingerprint fingerprint, long version)
    {
        unknown.Drop(fingerprint);
        memory.Forget(fingerprint, version);
        _ = _flights.TryRemove(fingerprint, out _);
    }

    /// <summary>Remembers, here and in Redis, what a statement returned that began no earlier than at a time.</summary>
    public Task RememberAsync(Binding binding, long readAt)
    {
        foreach (var name in binding.Names)
        {
            unknown.Drop(name);
        }

        memory.Remember(binding, readAt);
        return cache.SetAsync(binding, CancellationToken.None);
    }

    private bool RecallUnknown(KeyFingerprint fingerprint)
    {
        if (!unknown.Contains(fingerprint))
        {
            return false;
        }

        metrics.FoundIn("unknown");
        return true;
    }

    private async Task<Binding?> FlyAsync(Credential credential)
    {
        try
        {
            var readAt = clock.GetTimestamp();
            return await FindInRedisAsync(credential.Fingerprint, readAt)
                ?? await FindInPostgresAsync(credential, readAt);
        }
        catch (StoreUnavailableException)
        {
            if (await others.FindInRedisAsync(credential) is not { } binding || memory.IsOutdated(binding))
            {
                throw;
            }

            metrics.FoundIn("redis");
            return binding;
        }
        finally
        {
            _ = _flights.TryRemove(credential.Fingerprint, out _);
        }
    }

    private async Task<Binding?> FindInRedisAsync(KeyFingerprint fingerprint, long readAt)
    {
        var binding = await cache.GetAsync(fingerprint, CancellationToken.None);
        if (binding is null || memory.IsOutdated(binding))
        {
            return null;
        }

        metrics.FoundIn("redis");
        memory.Remember(binding, readAt);
        return binding;
    }

    private async Task<Binding?> FindInPostgresAsync(Credential credential, long readAt)
    {
        var fingerprint = credential.Fingerprint;
        var reading = unknown.BeginReading();
        var binding = await store.FindAsync(fingerprint, CancellationToken.None) ?? await others.MoveAsync(credential);
        metrics.FoundIn(binding is null ? "none" : "postgres");
        if (binding is null)
        {
            unknown.Note(fingerprint, reading, readAt);
        }

        if (binding is not (null or { State: BindingState.Claimed }))
        {
            await RememberAsync(binding, readAt);
        }

        return binding;
    }
}
