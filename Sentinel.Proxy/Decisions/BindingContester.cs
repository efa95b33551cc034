using Microsoft.Extensions.Options;
using Sentinel.Core.Callers;
using Sentinel.Core.Decisions;
using Sentinel.Storage;
using Sentinel.Storage.Postgres;
using Sentinel.Storage.Pulses;
using Sentinel.Storage.Redis;

namespace Sentinel.Proxy.Decisions;

/// <summary>
/// Notes that a key was seen from several networks while observing. No request depends on it: in an outage it is left
/// to the next one.
/// </summary>
internal sealed class BindingContester(
    BindingChanges changes,
    BindingLookup lookup,
    StorePulses pulses,
    Bell bell,
    IOptionsMonitor<DecisionOptions> options,
    TimeProvider clock)
{
    /// <returns>The binding as it is now, as far as can be told.</returns>
    public async Task<Binding> ContestAsync(Binding binding, ClientAddress caller)
    {
        try
        {
            var readAt = clock.GetTimestamp();
            var network = caller.ToNetwork(options.CurrentValue.IPv4Prefix, options.CurrentValue.IPv6Prefix);
            var contested = await pulses.Postgres.GuardAsync(() =>
                changes.ContestAsync(binding.Id, network, CancellationToken.None));
            if (contested is null)
            {
                return binding;
            }

            await lookup.RememberAsync(contested, readAt);
            _ = await bell.RingAsync(contested, CancellationToken.None);
            return contested;
        }
        catch (StoreUnavailableException)
        {
            return binding;
        }
    }
}
