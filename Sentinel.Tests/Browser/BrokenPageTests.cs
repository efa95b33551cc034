using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;
using Sentinel.Core.Contracts;
using static Microsoft.Playwright.Assertions;

namespace Sentinel.Tests.Browser;

/// <summary>An admin API that says what no page understands, as one of another version might.</summary>
public sealed class BrokenPageTests(Chromium chromium)
{
    [Fact]
    public async Task Page_that_breaks_says_so_and_the_others_go_on()
    {
        var now = TimeProvider.System.GetUtcNow();
        var ada = new UserItem(Guid.NewGuid(), "ada", "admin", IsDisabled: false, IsBuiltIn: false, now, now);
        await using var api = await FakeAdminApi.StartAsync(it => it.MapGet("/users", () => new UserList([ada])));
        await using var console = AdminUiApp.Start(new Uri(api.Urls.Single()));
        await using var viewer = await chromium.OpenAsync(console.Address);

        await viewer.SignInAsync("ada", "whatever", "bindings");
        await Expect(viewer.Page.GetByText("This page broke.")).ToBeVisibleAsync();
        await viewer.KeepAsync("page-broken-light");
        await viewer.Page.GetByRole(AriaRole.Link, new() { Name = "Operators" }).ClickAsync();

        await Expect(viewer.Page.Locator("table.users")).ToContainTextAsync("ada");
        await Expect(viewer.Page.GetByText("This page broke.")).ToBeHiddenAsync();
    }
}
