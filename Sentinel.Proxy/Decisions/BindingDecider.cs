using Microsoft.Extensions.Options;
using Sentinel.Core.Callers;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;
using Sentinel.Storage;

namespace Sentinel.Proxy.Decisions;

/// <summary>Decides whether a key may be used from where it is used. What it finds is left in the request.</summary>
internal sealed class BindingDecider(
    BindingLookup lookup,
    FirstUses firstUses,
    BindingReviver reviver,
    IOptionsMonitor<DecisionOptions> options,
    TimeProvider clock)
{
    /// <summary>Decides; at once and without a trip if this replica remembers that the key may pass.</summary>
    public ValueTask DecideAsync(GateRequest request, Credential credential, ClientAddress caller)
    {
        request.Binding = lookup.Recall(credential.Fingerprint);
        var mayPass = request.Binding is not null && Judge(request.Binding, caller) is Decision.Forward;
        return mayPass ? ValueTask.CompletedTask : new ValueTask(DecideColdAsync(request, credential, caller));
    }

    /// <summary>Whether a request that was let through would be let through now. Doubt is a no.</summary>
    public async Task<bool> WouldPassAsync(KeyFingerprint fingerprint, ClientAddress caller)
    {
        try
        {
            var binding = await lookup.FindAsync(fingerprint);
            return binding is not null
                && binding.Admits(caller)
                && Judge(binding, caller) is Decision.Forward or Decision.Claim or Decision.Revive;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }

    private Decision Judge(Binding binding, ClientAddress caller) =>
        BindingPolicy.Decide(binding, caller, clock.GetUtcNow());

    private async Task DecideColdAsync(GateRequest request, Credential credential, ClientAddress caller)
    {
        request.Span = GateTelemetry.StartDecision();
        try
        {
            request.Binding ??= await lookup.FindAsync(credential.Fingerprint);
            request.Reason = request.Binding is null
                ? await UseFirstAsync(request, credential, caller)
                : await JudgeKnownAsync(request, request.Binding, credential, caller);
        }
        catch (StoreUnavailableException)
        {
            request.Reason = DecideInOutage(request, credential, caller);
        }
    }

    private DenyReason? DecideInOutage(GateRequest request, Credential credential, ClientAddress caller)
    {
        var failsafe = options.CurrentValue.Failsafe;
        if (failsafe is Failsafe.Closed)
        {
            return DenyReason.StoreUnavailable;
        }

        request.Binding = lookup.RecallLastKnown(credential.Fingerprint);
        if (request.Binding is not null)
        {
            return Judge(request.Binding, caller) is Decision.Deny denial ? denial.Reason : null;
        }

        request.Observed = failsafe is Failsafe.Open ? DenyReason.StoreUnavailable : null;
        return failsafe is Failsafe.Open ? null : DenyReason.StoreUnavailable;
    }

    private async Task<DenyReason?> JudgeKnownAsync(
        GateRequest request, Binding binding, Credential credential, ClientAddress caller)
    {
        switch (Judge(binding, caller))
        {
            case Decision.Forward:
                return null;
            case Decision.Deny denial:
                return denial.Reason;
            case Decision.Revive:
                request.Binding = await reviver.ReviveAsync(binding);
                return request.Binding.State is BindingState.Active ? null : DenyReason.ApprovalRequired;
            default:
                return await UseFirstAsync(request, credential, caller);
        }
    }

    private async Task<DenyReason?> UseFirstAsync(GateRequest request, Credential credential, ClientAddress caller)
    {
        var bindsOnArrival = options.CurrentValue.BindOnArrival;
        var result = bindsOnArrival
            ? await firstUses.BindAsync(credential, caller)
            : await ClaimAsync(request, credential, caller);

        request.Binding = result.Current;
        request.HasBound = bindsOnArrival && result.Held;
        if (result.Held)
        {
            return null;
        }

        return result.Current.State is BindingState.Claimed
            ? DenyReason.ClaimPending
            : await JudgeKnownAsync(request, result.Current, credential, caller);
    }

    private async Task<ClaimResult> ClaimAsync(GateRequest request, Credential credential, ClientAddress caller)
    {
        request.Claim = firstUses.Join(credential, caller);
        var isHeld = false;
        try
        {
            var result = await request.Claim.Acquired;
            isHeld = result.Held;
            return result;
        }
        finally
        {
            if (!isHeld)
            {
                await firstUses.LeaveAsync(request.Claim);
                request.Claim = null;
            }
        }
    }
}
