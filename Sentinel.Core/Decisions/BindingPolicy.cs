using Sentinel.Core.Callers;

namespace Sentinel.Core.Decisions;

/// <summary>
/// Decides about a known key. Address comes before state: whoever is outside its networks learns nothing else about it.
/// </summary>
public static class BindingPolicy
{
    public static Decision Decide(Binding binding, ClientAddress caller, DecisionRules rules, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(binding);
        var isHome = binding.Admits(caller);
        return binding.State switch
        {
            BindingState.Active => isHome ? Decision.Forward.Instance : Refuse(binding, caller, rules),
            BindingState.Contested => Refuse(binding, caller, rules),
            BindingState.Archived when isHome => Decision.Revive.Instance,
            BindingState.Archived when rules.ArchivedKeys is ArchivedKeys.Rebind => Decision.Claim.Instance,
            BindingState.Archived => Refuse(binding, caller, rules),
            BindingState.Claimed when isHome || binding.HasLapsed(now) => Decision.Claim.Instance,
            BindingState.Claimed when rules.Mode is GateMode.Observe => new Decision.Observe(DenyReason.ClaimPending),
            BindingState.Claimed => Decision.Wait.Instance,
            _ => new Decision.Deny(isHome ? DenyReason.Banned : DenyReason.AddressMismatch),
        };
    }

    private static Decision Refuse(Binding binding, ClientAddress caller, DecisionRules rules)
    {
        var reason = binding.State is BindingState.Active ? DenyReason.AddressMismatch : DenyReason.ApprovalRequired;
        return rules.Overlook(reason)
            ? new Decision.Observe(reason) { Contests = Contests(binding, caller, rules) }
            : new Decision.Deny(reason);
    }

    /// <summary>
    /// Who observes does not know which network is the owner's: a key that is seen from a second one is bound to none.
    /// </summary>
    private static bool Contests(Binding binding, ClientAddress caller, DecisionRules rules) => binding.State switch
    {
        BindingState.Active => true,
        BindingState.Contested => !binding.Admits(caller) && binding.Networks.Length < rules.MaxNetworks,
        _ => false,
    };
}
