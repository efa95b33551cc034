using Sentinel.Core.Callers;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;
using Sentinel.Storage;

namespace Sentinel.Proxy.Decisions;

/// <summary>Judges requests in flight once more, by what is known and what counts now.</summary>
internal sealed class StreamJudge(BindingLookup lookup, Doubts doubts, RuleBook rules, TimeProvider clock)
{
    /// <summary>Whether a request was only observed and would not be any more.</summary>
    public bool IsStricterNow(GateRequest request) =>
        request.Rules.Mode is GateMode.Observe && rules.Now(request).Mode is GateMode.Enforce;

    /// <summary>
    /// Why a request that was let through would not be let through now; null if it would. Doubt is a reason, but not to
    /// who only observes.
    /// </summary>
    public Task<DenyReason?> FindObjectionAsync(GateRequest request)
    {
        request.Rules = rules.Now(request);
        return doubts.Has(request) ? doubts.FindObjectionAsync(request)
            : request is { Credential: { } credential, Caller: { } caller }
                ? FindObjectionAsync(request, credential, caller)
                : Task.FromResult<DenyReason?>(null);
    }

    private async Task<DenyReason?> FindObjectionAsync(
        GateRequest request, Credential credential, ClientAddress caller)
    {
        try
        {
            var binding = lookup.Recall(credential.Fingerprint) ?? await lookup.AskAsync(credential);
            return binding is null ? Doubt(request, DenyReason.ClaimPending) : Judge(request, binding, caller);
        }
        catch (StoreUnavailableException)
        {
            return Doubt(request, DenyReason.StoreUnavailable);
        }
    }

    private static DenyReason? Doubt(GateRequest request, DenyReason reason) =>
        request.Rules.Overlook(reason) ? null : reason;

    private DenyReason? Judge(GateRequest request, Binding binding, ClientAddress caller) =>
        BindingPolicy.Decide(binding, caller, request.Rules, clock.GetUtcNow()) switch
        {
            Decision.Forward or Decision.Revive or Decision.Observe => null,
            Decision.Deny denial => denial.Reason,
            _ => binding.Admits(caller) ? null : Doubt(request, DenyReason.ClaimPending),
        };
}
