using Microsoft.Playwright;
using Sentinel.Core.Decisions;
using static Microsoft.Playwright.Assertions;

namespace Sentinel.Tests.Browser;

public sealed class InterceptsTests(ConsoleOfClass console) : IClassFixture<ConsoleOfClass>
{
    [Fact]
    public async Task Log_is_filtered_by_reason()
    {
        var reason = DenyReason.Banned.Code;
        await console.Api.InterceptAsync(null);
        await console.Api.InterceptAsync(null, intercept => intercept with { Reason = reason, Path = "/v1/messages" });
        await using var viewer = await console.SignInAsync("intercepts");

        await Expect(Rows(viewer).First).ToBeVisibleAsync();
        await viewer.Page.GetByLabel("Reason").SelectOptionAsync(reason);

        await Expect(Rows(viewer)).ToHaveCountAsync(1);
        await Expect(Rows(viewer)).ToContainTextAsync("/v1/messages");
        Assert.EndsWith("?reason=banned", viewer.Page.Url, StringComparison.Ordinal);
        viewer.AssertNoComplaints();
    }

    [Fact]
    public async Task Malformed_filter_is_explained()
    {
        await using var viewer = await console.SignInAsync("intercepts?ip=not-an-address");

        await Expect(viewer.Page.Locator(".empty")).ToContainTextAsync("An address or a network is expected");
    }

    [Fact]
    public async Task Older_entries_are_added_below()
    {
        for (var number = 0; number < 60; number++)
        {
            await console.Api.InterceptAsync(null, intercept => intercept with { Reason = DenyReason.BindFlood.Code });
        }

        await using var viewer = await console.SignInAsync("intercepts?reason=bind_flood");

        await Expect(Rows(viewer)).ToHaveCountAsync(50);
        await viewer.Page.GetByRole(AriaRole.Button, new() { Name = "Show older ones" }).ClickAsync();
        await Expect(Rows(viewer)).ToHaveCountAsync(60);
        await Expect(viewer.Page.GetByText("That is all.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Owner_who_was_refused_is_let_in_from_the_story_of_the_refusal()
    {
        var binding = await console.Api.BindAsync(hint: "sk-…ownr");
        var intercept = await console.Api.InterceptAsync(binding, it => it with { Hint = "sk-…ownr" });
        await using var viewer = await console.SignInAsync($"intercepts?q={intercept.RequestId}");

        await viewer.Page.GetByRole(AriaRole.Button, new() { Name = "Details" }).ClickAsync();
        var drawer = viewer.Page.Locator(".drawer");
        await Expect(drawer).ToContainTextAsync("This API key is bound to another network.");
        await Expect(drawer).ToContainTextAsync(intercept.TraceId);
        await drawer.GetByRole(AriaRole.Button, new() { Name = "This was the owner" }).ClickAsync();
        await viewer.Page.Locator(".rz-dialog").GetByRole(AriaRole.Button, new() { Name = "Allow" }).ClickAsync();

        await Expect(viewer.Page.GetByText("198.51.100.9 is allowed for sk-…ownr.")).ToBeVisibleAsync();
        var networks = (await console.Api.BindingAsync(binding.Id)).Binding.Networks;
        Assert.Equal(["198.51.100.9/32", "203.0.113.7/32"], networks.Order());
        viewer.AssertNoComplaints();
    }

    [Fact]
    public async Task Owner_is_let_in_from_the_list_and_that_can_be_undone()
    {
        var binding = await console.Api.BindAsync(hint: "sk-…undo");
        var intercept = await console.Api.InterceptAsync(binding, it => it with { Hint = "sk-…undo" });
        await using var viewer = await console.SignInAsync($"intercepts?q={intercept.RequestId}");

        await Rows(viewer).GetByRole(AriaRole.Button, new() { Name = "Allow" }).ClickAsync();
        await viewer.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Allow" }).ClickAsync();
        await Expect(viewer.Page.GetByText("198.51.100.9 is allowed for sk-…undo.")).ToBeVisibleAsync();
        await viewer.KeepAsync("intercept-undo-light");
        await viewer.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();

        await Expect(viewer.Page.GetByText("The networks are as they were.")).ToBeVisibleAsync();
        Assert.Equal(["203.0.113.7/32"], (await console.Api.BindingAsync(binding.Id)).Binding.Networks);
        viewer.AssertNoComplaints();
    }

    [Fact]
    public async Task What_the_filter_shows_is_saved_as_a_file_and_counted_meanwhile()
    {
        for (var number = 0; number < 30; number++)
        {
            await console.Api.InterceptAsync(null, intercept => intercept with { Reason = DenyReason.Expired.Code });
        }

        await using var viewer = await console.SignInAsync("intercepts?reason=expired");
        await Expect(Rows(viewer)).ToHaveCountAsync(30);

        var file = await viewer.Page.RunAndWaitForDownloadAsync(
            () => viewer.Page.GetByRole(AriaRole.Link, new() { Name = "CSV", Exact = true }).ClickAsync());
        var lines = await File.ReadAllLinesAsync(await file.PathAsync(), TestContext.Current.CancellationToken);

        Assert.Equal("intercepts.csv", file.SuggestedFilename);
        Assert.StartsWith("id,occurredAt,reason", lines[0], StringComparison.Ordinal);
        Assert.Equal(30, lines.Skip(1).Count(line => line.Contains(",expired,", StringComparison.Ordinal)));
        await Expect(viewer.Page.Locator(".exports")).ToContainTextAsync("30 rows saved");
        viewer.AssertNoComplaints();
    }

    [Fact]
    public async Task Moment_is_shown_in_the_zone_of_the_viewer_and_exactly_on_hover()
    {
        var at = DateTimeOffset.UtcNow.AddDays(-3);
        var intercept = await console.Api.InterceptAsync(null, it => it with { OccurredAt = at });
        await using var viewer = await console.SignInAsync($"intercepts?q={intercept.RequestId}");

        var title = await Rows(viewer).Locator("local-time").GetAttributeAsync("title");

        var berlin = TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        Assert.Contains($"{berlin:HH:mm:ss}", title, StringComparison.Ordinal);
        Assert.Contains($"{at:yyyy-MM-ddTHH:mm:ss}", title, StringComparison.Ordinal);
    }

    private static ILocator Rows(Viewer viewer) => viewer.Page.Locator("table.intercepts tbody tr");
}
