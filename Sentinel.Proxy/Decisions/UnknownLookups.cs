using Microsoft.Extensions.Options;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;

namespace Sentinel.Proxy.Decisions;

/// <summary>
/// A bulkhead: keys that this replica has never seen are looked up a few at a time, so that a flood of random keys
/// leaves connections to the stores for those that are known.
/// </summary>
internal sealed class UnknownLookups : IDisposable
{
    private readonly BindingLookup _lookup;
    private readonly DecisionOptions _options;
    private readonly GateMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _places;
    private int _present;

    public UnknownLookups(
        BindingLookup lookup, IOptions<DecisionOptions> options, GateMetrics metrics, TimeProvider clock)
    {
        (_lookup, _options, _metrics, _clock) = (lookup, options.Value, metrics, clock);
        _places = new SemaphoreSlim(_options.MaxUnknownLookups);
        metrics.WatchUnknownLookups(() => _present);
    }

    /// <summary>Finds the binding of the key, if it has one, for a request.</summary>
    /// <returns>False when too many others are being looked up.</returns>
    /// <exception cref="Storage.StoreUnavailableException">The stores cannot tell at the moment.</exception>
    public async Task<bool> TryFindAsync(GateRequest request, Credential credential)
    {
        if (_lookup.RecallLastKnown(credential) is not null)
        {
            request.Binding = await _lookup.FindAsync(credential);
            return true;
        }

        try
        {
            var limit = _options.MaxUnknownLookups + _options.MaxUnknownWaiting;
            if (Interlocked.Increment(ref _present) <= limit && await TryFindUnknownAsync(request, credential))
            {
                return true;
            }

            _metrics.Limited(DenyReason.Overloaded);
            return false;
        }
        finally
        {
            _ = Interlocked.Decrement(ref _present);
        }
    }

    public void Dispose() => _places.Dispose();

    private async Task<bool> TryFindUnknownAsync(GateRequest request, Credential credential)
    {
        using var patience = new CancellationTokenSource(_options.MaxUnknownWait, _clock);
        try
        {
            await _places.WaitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        try
        {
            request.Binding = await _lookup.FindAsync(credential);
            return true;
        }
        finally
        {
            _ = _places.Release();
        }
    }
}
