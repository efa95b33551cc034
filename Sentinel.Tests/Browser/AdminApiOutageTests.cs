using Microsoft.Playwright;
using Sentinel.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Sentinel.Tests.Browser;

public sealed class AdminApiOutageTests(RealStores stores, Chromium chromium)
{
    [Fact]
    public async Task Console_says_that_the_admin_api_is_away_and_goes_on_when_it_is_back()
    {
        await using var world = new StoresOfClass(stores);
        await world.InitializeAsync();
        var api = Support.AdminApi.Start(world.Database, world.Redis);
        await using var console = AdminUiApp.Start(api.Address);
        await using var viewer = await chromium.OpenAsync(console.Address);
        await viewer.SignInAsync(Support.AdminApi.Username, Support.AdminApi.Password);
        await Expect(viewer.Page.Locator(".tile .number").First).ToBeVisibleAsync();

        await api.DisposeAsync();
        await viewer.Page.GetByRole(AriaRole.Link, new() { Name = "Bindings" }).ClickAsync();
        await Expect(viewer.Page.GetByText("The admin API does not answer.")).ToBeVisibleAsync();
        await viewer.KeepAsync("admin-api-away-light");
        await using var again = Support.AdminApi.Start(world.Database, world.Redis, port: api.Address.Port);

        await Expect(viewer.Page.GetByText("There are no bindings yet.")).ToBeVisibleAsync();
        await Expect(viewer.Page.GetByText("The admin API does not answer.")).ToBeHiddenAsync();
        viewer.AssertNoComplaints();
    }
}
