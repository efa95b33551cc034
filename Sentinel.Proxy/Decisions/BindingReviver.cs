using Sentinel.Core.Decisions;
using Sentinel.Storage;
using Sentinel.Storage.Postgres;
using Sentinel.Storage.Pulses;
using Sentinel.Storage.Redis;

namespace Sentinel.Proxy.Decisions;

/// <summary>Makes an archived binding active again because its own network uses the key.</summary>
internal sealed class BindingReviver(
    BindingChanges changes,
    BindingStore store,
    BindingLookup lookup,
    StorePulses pulses,
    Bell bell,
    TimeProvider clock)
{
    private static readonly BindingState[] _archived = [BindingState.Archived];

    /// <returns>The binding as it is now: somebody else may have changed it first.</returns>
    /// <exception cref="StoreUnavailableException">PostgreSQL could not answer.</exception>
    public async Task<Binding> ReviveAsync(Binding archived)
    {
        var readAt = clock.GetTimestamp();
        var revived = await pulses.Postgres.GuardAsync(() => changes.SetStateAsync(
            archived.Id, _archived, BindingState.Active, CancellationToken.None));
        if (revived is null)
        {
            return await store.FindAsync(archived.Fingerprint, CancellationToken.None) ?? archived;
        }

        await lookup.RememberAsync(revived, readAt);
        _ = await bell.RingAsync(revived, CancellationToken.None);
        return revived;
    }
}
