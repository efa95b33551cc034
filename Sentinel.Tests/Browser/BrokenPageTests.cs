using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
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
        await using var api = await StartAsync();
        await using var console = AdminUiApp.Start(new Uri(api.Urls.Single()));
        await using var viewer = await chromium.OpenAsync(console.Address);

        await viewer.SignInAsync("ada", "whatever", "bindings");
        await Expect(viewer.Page.GetByText("This page broke.")).ToBeVisibleAsync();
        await viewer.KeepAsync("page-broken-light");
        await viewer.Page.GetByRole(AriaRole.Link, new() { Name = "Operators" }).ClickAsync();

        await Expect(viewer.Page.Locator("table.users")).ToContainTextAsync("ada");
        await Expect(viewer.Page.GetByText("This page broke.")).ToBeHiddenAsync();
    }

    private static async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var (id, now) = (Guid.NewGuid(), TimeProvider.System.GetUtcNow());
        app.MapPost("/admin/api/login", () => new LoginResponse("a token", now.AddHours(1)));
        app.MapGet("/admin/api/me", () => new Myself("ada", "admin", null, now.AddHours(1)));
        app.MapGet("/admin/api/users", () => new UserList([new(id, "ada", "admin", false, false, now, now)]));
        app.MapFallback(() => Results.Text("{}", "application/json"));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
