using Sentinel.Core.Decisions;

namespace Sentinel.Tests.Unit.Decisions;

public sealed class DecisionRulesTests
{
    public static TheoryData<DenyReason, bool> Reasons => new()
    {
        // reason                         overlooked while observing
        { DenyReason.CredentialMissing,   true },
        { DenyReason.CredentialInvalid,   true },
        { DenyReason.CredentialConflict,  true },
        { DenyReason.CallerUnknown,       true },
        { DenyReason.AddressMismatch,     true },
        { DenyReason.ApprovalRequired,    true },
        { DenyReason.ClaimPending,        true },
        { DenyReason.BindFlood,           true },
        { DenyReason.StoreUnavailable,    true },
        { DenyReason.Banned,              false },
        { DenyReason.Blocked,             false },
        { DenyReason.Expired,             false },
        { DenyReason.Disabled,            false },
        { DenyReason.ServiceNotAllowed,   false },
        { DenyReason.RateLimited,         false },
        { DenyReason.Overloaded,          false },
        { DenyReason.BadRequest,          false },
        { DenyReason.MethodNotAllowed,    false },
        { DenyReason.TargetAmbiguous,     false },
    };

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Observing_overlooks_what_a_request_is_but_not_what_was_decided_about_its_key(
        DenyReason reason, bool isOverlooked)
    {
        Assert.Equal(isOverlooked, Rules(GateMode.Observe).Overlook(reason));
        Assert.False(Rules(GateMode.Enforce).Overlook(reason));
    }

    private static DecisionRules Rules(GateMode mode) => new(mode, ArchivedKeys.Approve, MaxNetworks: 10);
}
