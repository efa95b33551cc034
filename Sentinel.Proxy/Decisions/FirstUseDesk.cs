using Microsoft.Extensions.Options;
using Sentinel.Core.Callers;
using Sentinel.Core.Credentials;
using Sentinel.Storage;

namespace Sentinel.Proxy.Decisions;

/// <summary>Begins the first use of a key for one request.</summary>
internal sealed class FirstUseDesk(
    FirstUses firstUses, IOptionsMonitor<DecisionOptions> options, TimeProvider clock)
{
    /// <summary>
    /// Claims the key. If the request holds it then, its claim is left in the request for downstream to decide about,
    /// or the key is bound already, where that is the rule.
    /// </summary>
    /// <exception cref="StoreUnavailableException">PostgreSQL could not settle it.</exception>
    public async Task<Acquisition> BeginAsync(GateRequest request, Credential credential, ClientAddress caller)
    {
        var claim = firstUses.Join(credential, caller, request.Rules);
        var isForDownstream = false;
        try
        {
            var acquired = await claim.Acquired;
            if (acquired.Held && options.CurrentValue.BindOnArrival)
            {
                return await BindAsync(request, claim);
            }

            isForDownstream = acquired.Held;
            return acquired;
        }
        finally
        {
            request.Claim = isForDownstream ? claim : null;
            if (!isForDownstream)
            {
                await firstUses.LeaveAsync(claim);
            }
        }
    }

    private async Task<Acquisition> BindAsync(GateRequest request, Claim claim)
    {
        try
        {
            var result = await firstUses.PromoteAsync(claim).WaitAsync(options.CurrentValue.ClaimWait, clock);
            request.HasBound = result.Held;
            return new Acquisition(result, default);
        }
        catch (TimeoutException late)
        {
            throw new StoreUnavailableException(late);
        }
    }
}
