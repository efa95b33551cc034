using Sentinel.Core.Contracts;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Doctor;

/// <summary>What the bindings and the refusals themselves tell about callers.</summary>
public sealed class CallerWarningTests(RealStores stores)
{
    [Fact]
    public async Task Most_bindings_on_one_private_address_mean_a_proxy_that_is_not_trusted_yet()
    {
        await using var admin = await NewAdminAsync();
        await BindAsync(admin, "172.18.0.1", "172.18.0.1", "172.18.0.1", "203.0.113.7", "203.0.113.8");

        var warning = Assert.Single(await WarningsAsync(admin));

        Assert.Equal("private_network", warning.Code);
        Assert.StartsWith("3 of the last 5 bindings carry 172.18.0.1/32", warning.Message, StringComparison.Ordinal);
        Assert.Equal((3, 5, "172.18.0.1/32"), (warning.Count, warning.Of, warning.Network));
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7", "203.0.113.7")]
    [InlineData("10.0.0.1", "10.0.0.2", "10.0.0.3")]
    [InlineData("10.0.0.1", "10.0.0.1")]
    public async Task Bindings_of_a_public_address_of_several_or_of_few_are_nothing_unusual(params string[] callers)
    {
        await using var admin = await NewAdminAsync();
        await BindAsync(admin, callers);

        Assert.Empty(await WarningsAsync(admin));
    }

    [Theory]
    [InlineData("203.0.113.7", "2001:db8::1", true)]
    [InlineData("2001:db8::1", "203.0.113.7", true)]
    [InlineData("203.0.113.7", "198.51.100.9", false)]
    [InlineData("2001:db8::1", "2001:db8:1::1", false)]
    public async Task Key_refused_by_address_family_only_is_pointed_out(string bound, string seen, bool warns)
    {
        await using var admin = await NewAdminAsync();
        var binding = await admin.BindAsync(The.Address(bound));
        _ = await admin.InterceptAsync(binding, it => it with { Caller = The.Address(seen), Count = 3 });

        var warnings = await WarningsAsync(admin);

        Assert.Equal(
            warns ? [("address_family", binding.Id)] : [], warnings.Select(it => (it.Code, it.BindingId!.Value)));
        Assert.All(warnings, it => Assert.Contains($"refused to {seen} 3 times", it.Message, StringComparison.Ordinal));
        Assert.All(warnings, it => Assert.Equal(
            ("sk-…wxyz", $"{binding.Networks[0]}", seen, 3), (it.Hint, it.Network, it.Caller, it.Count)));
    }

    private static async Task BindAsync(AdminApiOfClass admin, params string[] callers)
    {
        foreach (var caller in callers)
        {
            _ = await admin.BindAsync(The.Address(caller));
        }
    }

    private static async Task<IReadOnlyList<CallerWarning>> WarningsAsync(AdminApiOfClass admin) =>
        (await admin.GetAsync<CallerDiagnosis>("doctor/caller")).Warnings;

    private async Task<AdminApiOfClass> NewAdminAsync()
    {
        var admin = new AdminApiOfClass(stores);
        await admin.InitializeAsync();
        return admin;
    }
}
