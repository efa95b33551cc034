using Sentinel.Core.Decisions;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Unit.Decisions;

/// <summary>
/// The decision about a known key: state × caller × lapse of a claim, by mode. Its binding holds for 203.0.113.0/24
/// and 2001:db8::/64; the lapse is in seconds from now; <c>~</c> is forwarded and recorded, <c>+</c> contests the key.
/// </summary>
public sealed class BindingPolicyTests
{
    private const string Home = "203.0.113.7";
    private const string Home6 = "2001:db8::7";
    private const string Away = "198.51.100.9";
    private const string Away6 = "2001:db8:0:1::7";

    public static TheoryData<BindingState, string, int?, string, string> Cases => new()
    {
        // state                  caller  lapses enforce               observe
        { BindingState.Active,    Home,   null, "Forward",             "Forward" },
        { BindingState.Active,    Home6,  null, "Forward",             "Forward" },
        { BindingState.Active,    Away,   null, "address_mismatch",    "~address_mismatch+" },
        { BindingState.Active,    Away6,  null, "address_mismatch",    "~address_mismatch+" },
        { BindingState.Banned,    Home,   null, "banned",              "banned" },
        { BindingState.Banned,    Home6,  null, "banned",              "banned" },
        { BindingState.Banned,    Away,   null, "address_mismatch",    "address_mismatch" },
        { BindingState.Banned,    Away6,  null, "address_mismatch",    "address_mismatch" },
        { BindingState.Archived,  Home,   null, "Revive",              "Revive" },
        { BindingState.Archived,  Home6,  null, "Revive",              "Revive" },
        { BindingState.Archived,  Away,   null, "approval_required",   "~approval_required" },
        { BindingState.Archived,  Away6,  null, "approval_required",   "~approval_required" },
        { BindingState.Contested, Home,   null, "approval_required",   "~approval_required" },
        { BindingState.Contested, Home6,  null, "approval_required",   "~approval_required" },
        { BindingState.Contested, Away,   null, "approval_required",   "~approval_required+" },
        { BindingState.Contested, Away6,  null, "approval_required",   "~approval_required+" },
        { BindingState.Claimed,   Home,      1, "Claim",               "Claim" },
        { BindingState.Claimed,   Home6,     1, "Claim",               "Claim" },
        { BindingState.Claimed,   Away,      1, "Wait",                "~claim_pending" },
        { BindingState.Claimed,   Away6,     1, "Wait",                "~claim_pending" },
        { BindingState.Claimed,   Home,      0, "Claim",               "Claim" },
        { BindingState.Claimed,   Away,      0, "Claim",               "Claim" },
        { BindingState.Claimed,   Home,     -1, "Claim",               "Claim" },
        { BindingState.Claimed,   Away,     -1, "Claim",               "Claim" },
        { BindingState.Claimed,   Home,   null, "Claim",               "Claim" },
        { BindingState.Claimed,   Away,   null, "Claim",               "Claim" },
        { (BindingState)99,       Home,   null, "banned",              "banned" },
        { (BindingState)99,       Away,   null, "address_mismatch",    "address_mismatch" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Address_is_judged_before_state(
        BindingState state, string caller, int? lapses, string enforce, string observe)
    {
        var binding = Bind(state, lapses, "203.0.113.0/24", "2001:db8::/64");

        Assert.Equal(enforce, Decide(binding, caller, GateMode.Enforce));
        Assert.Equal(observe, Decide(binding, caller, GateMode.Observe));
    }

    [Theory]
    [InlineData(BindingState.Active, "address_mismatch", "~address_mismatch+")]
    [InlineData(BindingState.Banned, "address_mismatch", "address_mismatch")]
    [InlineData(BindingState.Archived, "approval_required", "~approval_required")]
    [InlineData(BindingState.Contested, "approval_required", "~approval_required+")]
    public void A_binding_without_networks_admits_nobody(BindingState state, string enforce, string observe)
    {
        Assert.Equal(enforce, Decide(Bind(state, null), Home, GateMode.Enforce));
        Assert.Equal(observe, Decide(Bind(state, null), Home, GateMode.Observe));
    }

    [Theory]
    [InlineData(BindingState.Archived, Home, "Revive")]
    [InlineData(BindingState.Archived, Away, "Claim")]
    [InlineData(BindingState.Active, Away, "address_mismatch")]
    [InlineData(BindingState.Banned, Away, "address_mismatch")]
    [InlineData(BindingState.Contested, Away, "approval_required")]
    public void Only_archived_keys_are_bound_anew_where_the_setting_says_so(
        BindingState state, string caller, string decision) =>
        Assert.Equal(
            decision, Decide(Bind(state, null, "203.0.113.0/24"), caller, GateMode.Enforce, ArchivedKeys.Rebind));

    [Theory]
    [InlineData(BindingState.Active, "~address_mismatch+")]
    [InlineData(BindingState.Contested, "~approval_required")]
    public void Key_that_was_seen_from_as_many_networks_as_it_may_have_is_contested_by_no_more(
        BindingState state, string decision)
    {
        var networks = Enumerable.Range(0, MaxNetworks).Select(n => $"203.0.113.{n}/32").ToArray();

        Assert.Equal(decision, Decide(Bind(state, null, networks), Away, GateMode.Observe));
    }

    private const int MaxNetworks = 3;

    private static Binding Bind(BindingState state, int? lapses, params string[] networks) =>
        new(Guid.Empty, default, "…", state, [.. networks.Select(The.Network)], Version: 1)
        {
            ClaimExpiresAt = lapses is { } seconds ? The.Moment.AddSeconds(seconds) : null,
        };

    private static string Decide(
        Binding binding, string caller, GateMode mode, ArchivedKeys archivedKeys = ArchivedKeys.Approve)
    {
        var rules = new DecisionRules(mode, archivedKeys, MaxNetworks);
        return BindingPolicy.Decide(binding, The.Address(caller), rules, The.Moment) switch
        {
            Decision.Deny denial => denial.Reason.Code,
            Decision.Observe overlooked => $"~{overlooked.Reason}{(overlooked.Contests ? "+" : "")}",
            var decision => decision.GetType().Name,
        };
    }
}
