using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Sentinel.Tests.Browser;

public sealed class SignInTests(ConsoleOfClass console) : IClassFixture<ConsoleOfClass>
{
    [Fact]
    public async Task Wrong_password_is_refused_and_the_page_says_so()
    {
        await using var viewer = await console.OpenAsync();

        await viewer.SignInAsync(Support.AdminApi.Username, "not the password");

        await Expect(viewer.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("User name or password is wrong.");
        await Expect(viewer.Page.GetByLabel("User name")).ToHaveValueAsync(Support.AdminApi.Username);
        await Expect(viewer.Page.GetByLabel("Password")).ToBeEmptyAsync();
        viewer.AssertNoComplaints();
    }

    [Fact]
    public async Task Right_password_leads_back_to_the_page_that_was_asked_for()
    {
        await using var viewer = await console.SignInAsync("bindings?state=banned");

        await Expect(viewer.Page).ToHaveTitleAsync("Bindings · Sentinel");
        Assert.EndsWith("/admin/ui/bindings?state=banned", viewer.Page.Url, StringComparison.Ordinal);
        viewer.AssertNoComplaints();
    }

    [Fact]
    public async Task Lockout_shows_how_long_it_lasts()
    {
        await using var viewer = await console.OpenAsync();

        for (var attempt = 0; attempt <= 5; attempt++)
        {
            await viewer.SignInAsync("somebody", "a guess");
            await Expect(viewer.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        }

        await Expect(viewer.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Too many failed attempts.");
        await Expect(viewer.Page.Locator("count-down")).ToHaveTextAsync(new Regex("^1[45]:[0-5][0-9]$"));
        await viewer.KeepAsync("sign-in-locked-light");
    }

    [Fact]
    public async Task Session_is_kept_from_scripts_and_from_the_page()
    {
        await using var viewer = await console.SignInAsync();

        var cookies = await viewer.Page.Context.CookiesAsync();
        var session = cookies.Single(cookie => cookie.Name == "sentinel-session");
        var html = await viewer.Page.ContentAsync();

        Assert.True(session.HttpOnly);
        Assert.Equal(SameSiteAttribute.Strict, session.SameSite);
        Assert.Equal("/admin/ui", session.Path);
        Assert.DoesNotContain("eyJ", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chinese_is_a_click_away_and_stays()
    {
        await using var viewer = await console.SignInAsync();

        await viewer.Page.GetByRole(AriaRole.Button, new() { Name = "中文" }).ClickAsync();

        await Expect(viewer.Page).ToHaveTitleAsync("概览 · Sentinel");
        await viewer.Page.GotoAsync("bindings");
        await Expect(viewer.Page.GetByRole(AriaRole.Heading, new() { Name = "绑定" })).ToBeVisibleAsync();
        await viewer.Page.GotoAsync("bindings?ip=nowhere");
        await Expect(viewer.Page.Locator(".empty")).ToContainTextAsync("应为地址或网段，例如 192.0.2.0/24。");
        viewer.AssertNoComplaints();
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        await using var viewer = await console.SignInAsync();

        await viewer.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(viewer.Page).ToHaveTitleAsync("Sign in · Sentinel");
        await viewer.Page.GotoAsync("bindings");

        await Expect(viewer.Page).ToHaveTitleAsync("Sign in · Sentinel");
        viewer.AssertNoComplaints();
    }

    [Fact]
    public async Task Address_of_somebody_else_is_not_gone_back_to()
    {
        await using var viewer = await console.SignInAsync("sign-in?returnUrl=https%3A%2F%2Fevil.example%2F");

        await Expect(viewer.Page).ToHaveTitleAsync("Overview · Sentinel");
    }
}
