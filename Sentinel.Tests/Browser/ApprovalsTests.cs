using Microsoft.Playwright;
using Sentinel.Core.Contracts;
using static Microsoft.Playwright.Assertions;

namespace Sentinel.Tests.Browser;

public sealed class ApprovalsTests(ConsoleOfClass console) : IClassFixture<ConsoleOfClass>
{
    [Fact]
    public async Task Network_that_asks_is_approved_and_another_is_refused()
    {
        var friend = await console.Api.BindAsync(hint: "sk-…frnd");
        var stolen = await console.Api.BindAsync(hint: "sk-…stol");
        await console.Api.InterceptAsync(friend, it => it with { Hint = "sk-…frnd" });
        await console.Api.InterceptAsync(stolen, it => it with { Hint = "sk-…stol" });
        await using var viewer = await console.SignInAsync("approvals");

        await Row(viewer, "sk-…frnd").GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await viewer.Page.Locator(".rz-dialog").GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await Expect(Row(viewer, "sk-…frnd")).ToHaveCountAsync(0);
        await Row(viewer, "sk-…stol").GetByRole(AriaRole.Button, new() { Name = "Refuse" }).ClickAsync();

        await Expect(viewer.Page.GetByText("Nobody waits.")).ToBeVisibleAsync();
        Assert.Contains("198.51.100.9/32", (await console.Api.BindingAsync(friend.Id)).Binding.Networks);
        Assert.Equal(["203.0.113.7/32"], (await console.Api.BindingAsync(stolen.Id)).Binding.Networks);
        viewer.AssertNoComplaints();
    }

    [Fact]
    public async Task Approval_for_a_key_that_is_gone_meanwhile_says_so()
    {
        var binding = await console.Api.BindAsync(hint: "sk-…gone");
        await console.Api.InterceptAsync(binding, it => it with { Hint = "sk-…gone" });
        await using var viewer = await console.SignInAsync("approvals");

        await Row(viewer, "sk-…gone").GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        var yes = viewer.Page.Locator(".rz-dialog").GetByRole(AriaRole.Button, new() { Name = "Approve" });
        await Expect(yes).ToBeVisibleAsync();
        using var unbound = await console.Api.PostAsync(
            "bindings/unbind", new UnbindRequest(binding.Id, Release: true));
        await yes.ClickAsync();

        await Expect(viewer.Page.GetByText("Nothing was changed.")).ToBeVisibleAsync();
        await Expect(Row(viewer, "sk-…gone")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Test_of_an_alert_without_a_webhook_says_what_is_missing()
    {
        await using var viewer = await console.SignInAsync("alerts");
        await Expect(viewer.Page.GetByText("No alert was raised yet.")).ToBeVisibleAsync();

        await viewer.Page.GetByRole(AriaRole.Button, new() { Name = "Send a test" }).ClickAsync();

        await Expect(viewer.Page.GetByText("No webhook is set")).ToBeVisibleAsync();
    }

    private static ILocator Row(Viewer viewer, string hint) =>
        viewer.Page.Locator(".approvals tbody tr").Filter(new() { HasText = hint });
}
