using Sentinel.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Sentinel.Tests.Browser;

public sealed class ReplicasTests(RealStores stores, Chromium chromium)
{
    [Fact]
    public async Task Session_goes_on_at_another_replica_of_the_console()
    {
        await using var world = new StoresOfClass(stores);
        await world.InitializeAsync();
        await using var api = Support.AdminApi.Start(world.Database, world.Redis);
        var keys = ServerProcess.NewFolder();
        await using var first = AdminUiApp.Start(api.Address, ("Sentinel:Sessions:KeyFolder", keys.FullName));
        await using var second = AdminUiApp.Start(api.Address, ("Sentinel:Sessions:KeyFolder", keys.FullName));
        await using var viewer = await chromium.OpenAsync(first.Address);
        await viewer.SignInAsync(Support.AdminApi.Username, Support.AdminApi.Password);
        await Expect(viewer.Page.Locator(".tile .number").First).ToBeVisibleAsync();

        await viewer.Page.GotoAsync(new Uri(second.Address, "/admin/ui/bindings").ToString());

        await Expect(viewer.Page.GetByText("There are no bindings yet.")).ToBeVisibleAsync();
        Assert.NotEmpty(keys.GetFiles("key-*.xml"));
        viewer.AssertNoComplaints();
        keys.Delete(recursive: true);
    }

    [Fact]
    public async Task Page_says_that_the_console_is_away_and_goes_on_when_it_is_back()
    {
        await using var world = new StoresOfClass(stores);
        await world.InitializeAsync();
        await using var api = Support.AdminApi.Start(world.Database, world.Redis);
        var keys = ServerProcess.NewFolder();
        (string, string) setting = ("Sentinel:Sessions:KeyFolder", keys.FullName);
        var console = AdminUiApp.Start(api.Address, setting);
        await using var viewer = await chromium.OpenAsync(console.Address);
        await viewer.SignInAsync(Support.AdminApi.Username, Support.AdminApi.Password, "bindings?state=banned");
        await Expect(viewer.Page.GetByText("No binding matches.")).ToBeVisibleAsync();

        await console.DisposeAsync();
        await Expect(viewer.Page.GetByText("The connection to the console is lost.")).ToBeVisibleAsync();
        await viewer.KeepAsync("console-away-light");
        await using var again = AdminUiApp.Start(api.Address, console.Address.Port, setting);

        await Expect(viewer.Page.GetByText("The connection to the console is lost.")).ToBeHiddenAsync();
        await Expect(viewer.Page.GetByText("No binding matches.")).ToBeVisibleAsync();
        Assert.EndsWith("bindings?state=banned", viewer.Page.Url, StringComparison.Ordinal);
        keys.Delete(recursive: true);
    }
}
