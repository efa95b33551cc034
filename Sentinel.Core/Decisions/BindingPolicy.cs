using Sentinel.Core.Callers;

namespace Sentinel.Core.Decisions;

/// <summary>
/// Decides about a known key. Address comes before state: whoever is outside its networks learns nothing else about it.
/// </summary>
public static class BindingPolicy
{
    public static Decision Decide(Binding binding, ClientAddress caller, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(binding);
        return binding.State switch
        {
            BindingState.Claimed => DecideClaim(binding, caller, now),
            BindingState.Contested => new Decision.Deny(DenyReason.ApprovalRequired),
            BindingState.Archived => binding.Admits(caller)
                ? Decision.Revive.Instance
                : new Decision.Deny(DenyReason.ApprovalRequired),
            _ when !binding.Admits(caller) => new Decision.Deny(DenyReason.AddressMismatch),
            BindingState.Active => Decision.Forward.Instance,
            _ => new Decision.Deny(DenyReason.Banned),
        };
    }

    /// <summary>A claim without a time of lapse has lapsed: it must never lock a key for ever.</summary>
    private static Decision DecideClaim(Binding binding, ClientAddress caller, DateTimeOffset now)
    {
        var isHeldByOthers = binding.ClaimExpiresAt > now && !binding.Admits(caller);
        return isHeldByOthers ? Decision.Wait.Instance : Decision.Claim.Instance;
    }
}
