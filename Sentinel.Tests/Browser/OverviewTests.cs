using Microsoft.Playwright;
using Sentinel.Core.Trail;
using Sentinel.Storage.Redis;
using static Microsoft.Playwright.Assertions;

namespace Sentinel.Tests.Browser;

public sealed class OverviewTests(ConsoleOfClass console) : IClassFixture<ConsoleOfClass>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Overview_shows_the_numbers_of_today_and_what_was_intercepted()
    {
        await CountAsync(DateTime.UtcNow, new DailyCount(default, Allowed: 12_345, Bound: 6, Intercepted: 78));
        await CountAsync(DateTime.UtcNow.AddDays(-1), new DailyCount(default, Allowed: 999, Bound: 1, Intercepted: 2));
        await console.Api.InterceptAsync(await console.Api.BindAsync());

        await using var viewer = await console.SignInAsync();

        await Expect(Tile(viewer, "Allowed today")).ToContainTextAsync("12,345");
        await Expect(Tile(viewer, "Allowed today")).ToContainTextAsync("yesterday 999");
        await Expect(Tile(viewer, "Intercepted today")).ToContainTextAsync("78");
        await Expect(Tile(viewer, "Active bindings")).ToContainTextAsync("1");
        await Expect(viewer.Page.Locator(".health")).ToContainTextAsync("PostgreSQL answers");
        await Expect(viewer.Page.Locator(".day")).ToHaveCountAsync(14);
        await Expect(viewer.Page.Locator(".ranking").First).ToContainTextAsync("address_mismatch");
        await Expect(viewer.Page.Locator(".ranking").Nth(1)).ToContainTextAsync("198.51.100.9");
        await Expect(viewer.Page.Locator(".ranking").Last).ToContainTextAsync("sk-…wxyz");
        viewer.AssertNoComplaints();
    }

    [Fact]
    public async Task New_intercept_appears_by_itself()
    {
        await using var viewer = await console.SignInAsync();
        await Expect(viewer.Page.Locator(".tile .number").First).ToBeVisibleAsync();

        await console.Api.InterceptAsync(null, intercept => intercept with { Hint = "gsk_…live" });

        await Expect(viewer.Page.Locator(".intercepts")).ToContainTextAsync("gsk_…live");
        await Expect(viewer.Page.Locator(".intercepts .is-new")).ToContainTextAsync("gsk_…live");
    }

    [Fact]
    public async Task Feed_that_is_paused_stands_still_until_it_goes_on()
    {
        await using var viewer = await console.SignInAsync();
        await Expect(viewer.Page.Locator(".tile .number").First).ToBeVisibleAsync();
        await viewer.Page.GetByRole(AriaRole.Button, new() { Name = "Live" }).ClickAsync();
        await Expect(viewer.Page.GetByRole(AriaRole.Button, new() { Name = "Paused" })).ToBeVisibleAsync();

        await console.Api.InterceptAsync(null, intercept => intercept with { Hint = "gsk_…late" });
        await Assert.ThrowsAsync<PlaywrightException>(() => Expect(viewer.Page.Locator("body"))
            .ToContainTextAsync("gsk_…late", new() { Timeout = 2_500 }));
        await viewer.Page.GetByRole(AriaRole.Button, new() { Name = "Paused" }).ClickAsync();

        await Expect(viewer.Page.Locator(".intercepts")).ToContainTextAsync("gsk_…late");
    }

    [Fact]
    public async Task Refusal_leads_to_its_trace_where_a_dashboard_is_configured()
    {
        var intercept = await console.Api.InterceptAsync(null);
        await using var app = AdminUiApp.Start(
            console.Api.Api.Address, ("Sentinel:AdminApi:TracesUrl", "http://localhost:18888"));
        await using var viewer = await console.OpenAsync(app);
        await viewer.SignInAsync(Support.AdminApi.Username, Support.AdminApi.Password);

        var link = viewer.Page.GetByRole(AriaRole.Link, new() { Name = "Show the trace" }).First;

        await Expect(link).ToHaveAttributeAsync("href", $"http://localhost:18888/traces/detail/{intercept.TraceId}");
        await viewer.KeepAsync("overview-traces-light");
        viewer.AssertNoComplaints();
    }

    private static ILocator Tile(Viewer viewer, string title) =>
        viewer.Page.Locator(".tile").Filter(new() { HasText = title });

    private async Task CountAsync(DateTime day, DailyCount count)
    {
        var counters = console.Api.Stores.Host.Get<DailyCounters>();
        Assert.True(await counters.AddAsync(count with { Day = DateOnly.FromDateTime(day) }, Cancel));
    }
}
