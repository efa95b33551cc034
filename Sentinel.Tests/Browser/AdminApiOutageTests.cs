using Microsoft.Playwright;
using Sentinel.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Sentinel.Tests.Browser;

public sealed class AdminApiOutageTests(RealStores stores, Chromium chromium)
{
    // Where each page leads from, and what it shows when it has its answer.
    private static readonly (string Link, string Shows)[] _pages =
    [
        ("Bindings", "There are no bindings yet."),
        ("Intercepts", "Nothing was intercepted."),
        ("Approvals", "Nobody waits."),
        ("Alerts", "No alert was raised yet."),
        ("Doctor", "the truth about every key"),
        ("Settings", "Idle timeout"),
        ("Audit", "user.builtin"),
        ("Operators", "from ADMIN_USERNAME"),
        ("Account", "There are no tokens."),
        ("Overview", "Allowed today"),
    ];

    [Fact]
    public async Task Every_page_says_that_the_admin_api_is_away_and_goes_on_when_it_is_back()
    {
        await using var world = new StoresOfClass(stores);
        await world.InitializeAsync();
        var api = Support.AdminApi.Start(world.Database, world.Redis);
        var port = api.Address.Port;
        await using var console = AdminUiApp.Start(api.Address);
        await using var viewer = await chromium.OpenAsync(console.Address);
        await viewer.SignInAsync(Support.AdminApi.Username, Support.AdminApi.Password);
        await Expect(viewer.Page.Locator(".tile .number").First).ToBeVisibleAsync();

        foreach (var (link, shows) in _pages)
        {
            await api.DisposeAsync();
            await viewer.Page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).First.ClickAsync();
            await Expect(viewer.Page.GetByText("The admin API does not answer.")).ToBeVisibleAsync();
            await Expect(viewer.Page.GetByText(shows, new() { Exact = true }).First).ToBeHiddenAsync();
            if (link == _pages[0].Link)
            {
                await viewer.KeepAsync("admin-api-away-light");
            }

            api = Support.AdminApi.Start(world.Database, world.Redis, port);
            await Expect(viewer.Page.GetByText(shows, new() { Exact = true }).First).ToBeVisibleAsync();
            await Expect(viewer.Page.GetByText("The admin API does not answer.")).ToBeHiddenAsync();
        }

        await api.DisposeAsync();
        viewer.AssertNoComplaints();
    }

    [Fact]
    public async Task Export_that_cannot_be_had_says_so()
    {
        await using var world = new StoresOfClass(stores);
        await world.InitializeAsync();
        var api = Support.AdminApi.Start(world.Database, world.Redis);
        await using var console = AdminUiApp.Start(api.Address);
        await using var viewer = await chromium.OpenAsync(console.Address);
        await viewer.SignInAsync(Support.AdminApi.Username, Support.AdminApi.Password, "intercepts");
        await Expect(viewer.Page.GetByText("Nothing was intercepted.")).ToBeVisibleAsync();

        await api.DisposeAsync();
        await viewer.Page.GetByRole(AriaRole.Link, new() { Name = "CSV", Exact = true }).ClickAsync();

        await Expect(viewer.Page.Locator(".exports")).ToContainTextAsync("The export failed.");
    }

    [Fact]
    public async Task Sign_in_says_that_the_admin_api_is_away()
    {
        await using var console = AdminUiApp.Start(new Uri("http://127.0.0.1:9"));
        await using var viewer = await chromium.OpenAsync(console.Address);

        await viewer.SignInAsync(Support.AdminApi.Username, Support.AdminApi.Password);

        await Expect(viewer.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The admin API does not answer.");
    }
}
