using Sentinel.Core.Decisions;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Unit.Decisions;

public sealed class BindingPolicyTests
{
    private const string Home = "203.0.113.7";
    private const string HomeToo = "2001:db8::7";
    private const string Away = "198.51.100.9";
    private static readonly DateTimeOffset _now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// The binding holds for 203.0.113.0/24 and 2001:db8::/64; the lapse of a claim is in seconds from now.
    /// </summary>
    public static TheoryData<BindingState, int?, string, string> Cases => new()
    {
        // state                lapses  caller   decision
        { BindingState.Active,    null, Home,    "Forward" },
        { BindingState.Active,    null, HomeToo, "Forward" },
        { BindingState.Active,    null, Away,    "address_mismatch" },
        { BindingState.Banned,    null, Home,    "banned" },
        { BindingState.Banned,    null, Away,    "address_mismatch" },
        { BindingState.Archived,  null, Home,    "Revive" },
        { BindingState.Archived,  null, Away,    "approval_required" },
        { BindingState.Contested, null, Home,    "approval_required" },
        { BindingState.Contested, null, Away,    "approval_required" },
        { BindingState.Claimed,      1, Home,    "Claim" },
        { BindingState.Claimed,      1, Away,    "Wait" },
        { BindingState.Claimed,      0, Home,    "Claim" },
        { BindingState.Claimed,      0, Away,    "Claim" },
        { BindingState.Claimed,     -1, Away,    "Claim" },
        { BindingState.Claimed,   null, Away,    "Claim" },
        { (BindingState)99,       null, Home,    "banned" },
        { (BindingState)99,       null, Away,    "address_mismatch" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Address_is_judged_before_state(BindingState state, int? lapses, string caller, string decision)
    {
        var binding = Bind(state, lapses, "203.0.113.0/24", "2001:db8::/64");
        Assert.Equal(decision, Describe(BindingPolicy.Decide(binding, The.Address(caller), _now)));
    }

    [Theory]
    [InlineData(BindingState.Active, "address_mismatch")]
    [InlineData(BindingState.Banned, "address_mismatch")]
    [InlineData(BindingState.Archived, "approval_required")]
    public void A_binding_without_networks_admits_nobody(BindingState state, string decision) =>
        Assert.Equal(decision, Describe(BindingPolicy.Decide(Bind(state, null), The.Address(Home), _now)));

    private static Binding Bind(BindingState state, int? lapses, params string[] networks) =>
        new(Guid.Empty, default, "…", state, [.. networks.Select(The.Network)], Version: 1)
        {
            ClaimExpiresAt = lapses is { } seconds ? _now.AddSeconds(seconds) : null,
        };

    private static string Describe(Decision decision) =>
        decision is Decision.Deny denial ? denial.Reason.Code : decision.GetType().Name;
}
