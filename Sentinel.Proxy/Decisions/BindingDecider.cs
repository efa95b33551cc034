using Microsoft.Extensions.Options;
using Sentinel.Core.Callers;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;
using Sentinel.Storage;

namespace Sentinel.Proxy.Decisions;

/// <summary>Decides whether a key may be used from where it is used. What it finds is left in the request.</summary>
internal sealed class BindingDecider(
    BindingLookup lookup,
    UnknownLookups unknown,
    FirstUseDesk firstUses,
    BindingReviver reviver,
    BindingContester contester,
    StreamNames names,
    RuleBook rules,
    IOptionsMonitor<DecisionOptions> options,
    TimeProvider clock)
{
    /// <summary>Decides; at once and without a trip if this replica remembers that the key may pass.</summary>
    public ValueTask DecideAsync(GateRequest request, Credential credential, ClientAddress caller)
    {
        request.Binding = lookup.Recall(credential.Fingerprint);
        var mayPass = request.Binding is not null && Judge(request, request.Binding, caller) is Decision.Forward;
        return mayPass ? ValueTask.CompletedTask : new ValueTask(DecideColdAsync(request, credential, caller));
    }

    /// <summary>Notes the rules that hold for a request now.</summary>
    public void Rule(GateRequest request) => request.Rules = rules.For(request);

    private Decision Judge(GateRequest request, Binding binding, ClientAddress caller) =>
        BindingPolicy.Decide(binding, caller, request.Rules, clock.GetUtcNow());

    private async Task DecideColdAsync(GateRequest request, Credential credential, ClientAddress caller)
    {
        request.Span = GateTelemetry.StartDecision();
        try
        {
            await DecideByStoresAsync(request, credential, caller);
        }
        catch (StoreUnavailableException)
        {
            names.List(request, credential);
            await DecideInOutageAsync(request, credential, caller);
        }

        names.List(request, credential);
    }

    private async Task DecideByStoresAsync(GateRequest request, Credential credential, ClientAddress caller)
    {
        if (request.Binding is null && !await unknown.TryFindAsync(request, credential))
        {
            request.Reason = DenyReason.Overloaded;
            return;
        }

        if (request.Binding is null)
        {
            await UseFirstAsync(request, credential, caller);
            return;
        }

        await JudgeKnownAsync(request, request.Binding, credential, caller);
    }

    private async Task DecideInOutageAsync(GateRequest request, Credential credential, ClientAddress caller)
    {
        var failsafe = lookup.IsTooOld ? Failsafe.Closed : options.CurrentValue.Failsafe;
        request.Binding = failsafe is Failsafe.Closed && request.Rules.Mode is GateMode.Enforce
            ? null
            : await lookup.RecallLastKnownAsync(credential);
        if (request.Binding is not null)
        {
            request.Follow(Judge(request, request.Binding, caller));
            return;
        }

        if (failsafe is Failsafe.Open)
        {
            request.Observed = DenyReason.StoreUnavailable;
            return;
        }

        request.Refuse(DenyReason.StoreUnavailable);
    }

    /// <param name="request">The request.</param>
    /// <param name="binding">The binding of its key.</param>
    /// <param name="credential">The key.</param>
    /// <param name="caller">Where it comes from.</param>
    /// <param name="hasLost">Whether it tried to claim the key already, and this binding is why it could not.</param>
    private async Task JudgeKnownAsync(
        GateRequest request, Binding binding, Credential credential, ClientAddress caller, bool hasLost = false)
    {
        var decision = Judge(request, binding, caller);
        switch (decision)
        {
            case Decision.Revive:
                await ReviveAsync(request, binding, caller);
                break;
            case Decision.Observe { Contests: true }:
                request.Follow(decision);
                request.Binding = await contester.ContestAsync(binding, caller);
                break;
            case Decision.Claim or Decision.Wait when !hasLost:
                await UseFirstAsync(request, credential, caller);
                break;
            default:
                request.Follow(decision);
                break;
        }
    }

    private async Task UseFirstAsync(GateRequest request, Credential credential, ClientAddress caller)
    {
        var (race, retryAfter) = await firstUses.BeginAsync(request, credential, caller);
        request.Binding = race?.Current;
        if (race is null)
        {
            await RefuseFloodAsync(request, credential, caller, retryAfter);
            return;
        }

        if (!race.Held)
        {
            await JudgeKnownAsync(request, race.Current, credential, caller, hasLost: true);
        }
    }

    /// <summary>Somebody else may have changed the binding first, or taken it away.</summary>
    private async Task ReviveAsync(GateRequest request, Binding archived, ClientAddress caller)
    {
        request.Binding = await reviver.ReviveAsync(archived);
        if (request.Binding.State is BindingState.Archived)
        {
            request.Refuse(DenyReason.ApprovalRequired);
            return;
        }

        request.Follow(Judge(request, request.Binding, caller));
    }

    /// <summary>A flood of its neighbours must not refuse a key that another replica has bound a moment ago.</summary>
    private async Task RefuseFloodAsync(
        GateRequest request, Credential credential, ClientAddress caller, TimeSpan retryAfter)
    {
        request.Binding = await lookup.AskAsync(credential);
        if (request.Binding is not (null or { State: BindingState.Claimed }))
        {
            await JudgeKnownAsync(request, request.Binding, credential, caller, hasLost: true);
            return;
        }

        request.RetryAfter = retryAfter;
        request.Refuse(DenyReason.BindFlood);
    }
}
