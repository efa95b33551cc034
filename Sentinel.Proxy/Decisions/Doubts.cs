using System.Runtime.CompilerServices;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;
using Sentinel.Storage;

namespace Sentinel.Proxy.Decisions;

/// <summary>
/// Decides where the caller or the key is unclear and that is overlooked: a ban holds from everywhere, and beside other
/// keys, also one that is spoken while the request is in flight.
/// </summary>
internal sealed class Doubts(BindingLookup lookup, OpenStreams streams, SecretRing ring)
{
    private readonly ConditionalWeakTable<GateRequest, IReadOnlyList<Credential>> _keys = [];

    /// <summary>Lists a request under all keys that it may mean, and decides.</summary>
    /// <param name="request">The request.</param>
    /// <param name="keys">The keys that it may mean; null if they are too many to ask for.</param>
    public async Task DecideAsync(GateRequest request, IReadOnlyList<Credential>? keys)
    {
        _keys.Add(request, keys ?? []);
        streams.Add(request, OpenStreams.NameOf(request));
        streams.Add(
            request,
            [.. (keys ?? []).SelectMany(key => ring.NamesOf(key)).Select(name => name.Fingerprint).Distinct()
                .Where(name => name != OpenStreams.NameOf(request))]);
        if (keys is null || await IsAnyBannedAsync(keys))
        {
            (request.Reason, request.Observed) = (request.Observed, null);
        }
    }

    /// <summary>Whether this is such a request.</summary>
    public bool Has(GateRequest request) => _keys.TryGetValue(request, out _);

    /// <summary>Why such a request would not be let through now; null if it would.</summary>
    public async Task<DenyReason?> FindObjectionAsync(GateRequest request) =>
        request.Observed is { } observed
        && _keys.TryGetValue(request, out var keys)
        && (!request.Rules.Overlook(observed) || await IsAnyBannedAsync(keys))
            ? observed
            : null;

    private async Task<bool> IsAnyBannedAsync(IEnumerable<Credential> keys)
    {
        foreach (var key in keys)
        {
            if (await FindLastKnownAsync(key) is { State: BindingState.Banned })
            {
                return true;
            }
        }

        return false;
    }

    private async Task<Binding?> FindLastKnownAsync(Credential key)
    {
        try
        {
            return await lookup.FindAsync(key);
        }
        catch (StoreUnavailableException)
        {
            return await lookup.RecallLastKnownAsync(key);
        }
    }
}
