using System.Net.Http.Json;
using Microsoft.Playwright;
using Sentinel.Core.Contracts;
using static Microsoft.Playwright.Assertions;

namespace Sentinel.Tests.Browser;

public sealed class OperatorsTests(ConsoleOfClass console) : IClassFixture<ConsoleOfClass>
{
    private const string Password = "a password of the tests";

    [Fact]
    public async Task Operator_is_added_changed_and_removed()
    {
        await using var viewer = await console.SignInAsync("operators");
        await Expect(viewer.Page.Locator("table.users tbody tr").First).ToBeVisibleAsync();
        await Press(viewer, "Add an operator");
        await viewer.Page.GetByLabel("User name").FillAsync("grace");
        await viewer.Page.GetByLabel("Password").FillAsync("too short");
        await Press(viewer, "Add");
        await Expect(viewer.Page.Locator(".rz-dialog .fault")).ToContainTextAsync("12 to 256 characters");
        await viewer.KeepAsync("operator-add-light");
        await viewer.Page.GetByLabel("Password").FillAsync(Password);
        await viewer.Page.GetByLabel("operator", new() { Exact = false }).Last.CheckAsync();
        await Press(viewer, "Add");

        var row = viewer.Page.Locator("table.users tbody tr").Filter(new() { HasText = "grace" });
        await Expect(row).ToBeVisibleAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await viewer.Page.Locator(".rz-dialog").GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();

        await Expect(viewer.Page.GetByText("grace is removed.")).ToBeVisibleAsync();
        await Expect(row).ToHaveCountAsync(0);
        viewer.AssertNoComplaints();
    }

    [Fact]
    public async Task Viewer_sees_and_cannot_change()
    {
        using var added = await console.Api.PostAsync("users", new NewUser("ada", Password, "viewer"));
        Assert.True(added.IsSuccessStatusCode, await added.Content.ReadAsStringAsync(Cancel));
        await console.Api.BindAsync(hint: "sk-…view");
        await using var viewer = await console.OpenAsync();
        await viewer.SignInAsync("ada", Password, "bindings?q=sk-…view");

        await Expect(viewer.Page.Locator("table.bindings tbody tr")).ToContainTextAsync("sk-…view");
        await Expect(viewer.Page.GetByRole(AriaRole.Button, new() { Name = "Ban", Exact = true })).ToHaveCountAsync(0);
        await Expect(viewer.Page.GetByRole(AriaRole.Link, new() { Name = "Operators" })).ToHaveCountAsync(0);
        await viewer.Page.GotoAsync("settings");
        await Expect(viewer.Page.GetByLabel("Idle timeout")).ToBeDisabledAsync();
        await viewer.Page.GotoAsync("operators");
        await Expect(viewer.Page.GetByText("Your role does not allow this.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Token_is_shown_once_works_and_is_revoked()
    {
        await using var viewer = await console.SignInAsync("account");
        await Expect(viewer.Page.Locator(".loaded")).ToBeVisibleAsync();
        await Press(viewer, "Make a token");
        await viewer.Page.GetByLabel("Name").FillAsync("nightly");
        await Press(viewer, "Make");
        var token = await viewer.Page.GetByLabel("Token", new() { Exact = true }).InputValueAsync();
        await viewer.KeepAsync("token-made-light");
        await Press(viewer, "I have kept it");

        Assert.DoesNotContain(token, await viewer.Page.ContentAsync(), StringComparison.Ordinal);
        console.Api.Api.Anonymous.DefaultRequestHeaders.Authorization = new("Bearer", token);
        var me = await console.Api.Api.Anonymous.GetFromJsonAsync<Myself>("/admin/api/me", Cancel);
        Assert.Equal("viewer", me!.Role);
        await viewer.Page.Locator("table.tokens").GetByRole(AriaRole.Button, new() { Name = "Revoke" }).ClickAsync();
        await viewer.Page.Locator(".rz-dialog").GetByRole(AriaRole.Button, new() { Name = "Revoke" }).ClickAsync();
        await Expect(viewer.Page.GetByText("nightly is revoked.")).ToBeVisibleAsync();
        viewer.AssertNoComplaints();
    }

    [Fact]
    public async Task Wrong_password_until_now_is_said_at_its_field()
    {
        await using var viewer = await console.SignInAsync("account");
        await Expect(viewer.Page.Locator(".loaded")).ToBeVisibleAsync();

        await viewer.Page.GetByLabel("Password until now").FillAsync("not the password");
        await viewer.Page.GetByLabel("New password").FillAsync(Password);
        await Press(viewer, "Change the password");

        await Expect(viewer.Page.Locator(".fault")).ToHaveTextAsync("This is not the password until now.");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Task Press(Viewer viewer, string button) =>
        viewer.Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
}
