using Microsoft.Playwright;
using Sentinel.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Sentinel.Tests.Browser;

public sealed class DoctorTests(ConsoleOfClass console, RealStores stores, Chromium chromium)
    : IClassFixture<ConsoleOfClass>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Parts_are_listed_and_the_ways_of_requests_with_their_verdicts()
    {
        await using var proxy = console.StartProxy();
        await using var other = console.StartProxy();
        await AskAsync(proxy.Client, ("X-Real-IP", "203.0.113.21"));
        await AskAsync(proxy.Client, ("X-Real-IP", "192.0.2.1"), ("X-Forwarded-For", "192.0.2.2"));
        await using var viewer = await console.SignInAsync("doctor");

        var parts = viewer.Page.Locator("table.parts tbody tr");
        await Expect(parts).ToHaveCountAsync(5);
        await Expect(parts.Filter(new() { HasText = "a replica of the gateway" })).ToHaveCountAsync(2);
        await Expect(parts.Filter(new() { HasText = "does not answer" })).ToHaveCountAsync(0);
        await Expect(Chain(viewer, "203.0.113.21")).ToContainTextAsync("A trusted proxy named the caller.");
        await Expect(Chain(viewer, "contradiction")).ToContainTextAsync("The headers name different callers");
        await Expect(Chain(viewer, "contradiction").Locator(".state")).ToHaveTextAsync("unknown");
        await Expect(viewer.Page.GetByText("nobody knows whose they are")).ToBeVisibleAsync();
        viewer.AssertNoComplaints();
    }

    [Fact]
    public async Task Warning_about_a_key_leads_to_its_binding()
    {
        var binding = await console.Api.BindAsync(hint: "sk-…fami");
        await console.Api.InterceptAsync(
            binding, it => it with { Hint = "sk-…fami", Caller = The.Address("2001:db8::1"), Count = 3 });
        await using var viewer = await console.SignInAsync("doctor");

        var warning = viewer.Page.Locator(".notice.is-warn").Filter(new() { HasText = "sk-…fami" });
        await Expect(warning).ToContainTextAsync("the other address family");
        await warning.GetByRole(AriaRole.Button, new() { Name = "Show the binding" }).ClickAsync();

        await Expect(viewer.Page.Locator(".drawer")).ToContainTextAsync("sk-…fami");
    }

    [Fact]
    public async Task Warning_is_Chinese_with_all_its_particulars()
    {
        var binding = await console.Api.BindAsync(The.Address("203.0.113.77"), hint: "sk-…zhcn");
        await console.Api.InterceptAsync(
            binding, it => it with { Hint = "sk-…zhcn", Caller = The.Address("2001:db8::77"), Count = 3 });
        await using var proxy = console.StartProxy();
        await AskAsync(proxy.Client, ("X-Real-IP", "192.0.2.1"), ("X-Forwarded-For", "192.0.2.2"));
        await using var viewer = await console.SignInAsync("doctor");

        await viewer.Page.GetByRole(AriaRole.Button, new() { Name = "中文" }).ClickAsync();
        await viewer.Page.GotoAsync("doctor");

        var warnings = viewer.Page.Locator(".notice.is-warn");
        await Expect(warnings.Filter(new() { HasText = "sk-…zhcn" })).ToContainTextAsync(
            "密钥 sk-…zhcn 绑定到 203.0.113.77/32，却对 2001:db8::77 拒绝了 3 次");
        await Expect(warnings.Filter(new() { HasText = "127.0.0.1" })).ToContainTextAsync(
            "来自 127.0.0.1 的请求：各请求头指明的来源不同");
    }

    [Fact]
    public async Task Store_and_replicas_that_are_away_are_said()
    {
        await using var world = new StoresOfClass(stores);
        await world.InitializeAsync();
        await using var api = Support.AdminApi.Start(
            world.Database, "127.0.0.1:9,abortConnect=false", Patience.WithoutRedis);
        await using var app = AdminUiApp.Start(api.Address);
        await using var viewer = await chromium.OpenAsync(app.Address);
        await viewer.SignInAsync(Support.AdminApi.Username, Support.AdminApi.Password, "doctor");

        await Expect(Part(viewer, "Redis")).ToContainTextAsync("does not answer");
        await Expect(Part(viewer, "Gateway")).ToContainTextAsync("does not answer");
        await Expect(Part(viewer, "PostgreSQL").Locator(".state")).ToHaveTextAsync("answers");
        await Expect(viewer.Page.GetByText("the ways are not known")).ToBeVisibleAsync();
        await viewer.KeepAsync("doctor-redis-away-light");
    }

    private static ILocator Part(Viewer viewer, string name) =>
        viewer.Page.Locator("table.parts tbody tr")
            .Filter(new() { Has = viewer.Page.GetByText(name, new() { Exact = true }) });

    private static ILocator Chain(Viewer viewer, string text) =>
        viewer.Page.Locator("table.chains tbody tr").Filter(new() { HasText = text });

    private static async Task AskAsync(HttpClient proxy, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using var _ = await proxy.SendAsync(request, Cancel);
    }
}
