using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;
using Sentinel.Core.Contracts;
using Sentinel.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Sentinel.Tests.Browser;

/// <summary>An admin API that takes its time for what is asked in the very moment of a pause.</summary>
public sealed class PausedFeedTests(Chromium chromium)
{
    private readonly TaskCompletionSource _isPaused = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _asked;

    [Fact]
    public async Task Answer_that_comes_after_the_pause_is_not_shown_before_it_ends()
    {
        await using var api = await FakeAdminApi.StartAsync(it =>
        {
            it.MapGet("/dashboard", () => new Dashboard(
                new(1, 1, 1), new(1, 0, 0), [], [], [], [], [], new(new("up", "up"), [], new(0))));
            it.MapGet("/logs", AnswerAsync);
        });
        await using var console = AdminUiApp.Start(new Uri(api.Urls.Single()));
        await using var viewer = await chromium.OpenAsync(console.Address);
        await viewer.SignInAsync("ada", "whatever");
        await Expect(viewer.Page.Locator(".intercepts")).ToContainTextAsync("sk-…1");
        await Eventually.Holds(() => Volatile.Read(ref _asked) == 2);

        await viewer.Page.GetByRole(AriaRole.Button, new() { Name = "Live" }).ClickAsync();
        await Expect(viewer.Page.GetByRole(AriaRole.Button, new() { Name = "Paused" })).ToBeVisibleAsync();
        _isPaused.SetResult();

        await Expect(viewer.Page.Locator(".loaded[aria-busy=true]")).ToHaveCountAsync(0);
        await Expect(viewer.Page.Locator(".intercepts")).ToContainTextAsync("sk-…1");
        await viewer.Page.GetByRole(AriaRole.Button, new() { Name = "Paused" }).ClickAsync();
        await Expect(viewer.Page.Locator(".intercepts")).Not.ToContainTextAsync("sk-…1");
    }

    /// <summary>The first time at once, and then not before the feed is paused.</summary>
    private async Task<LogPage> AnswerAsync()
    {
        var turn = Interlocked.Increment(ref _asked);
        await (turn > 1 ? _isPaused.Task : Task.CompletedTask);
        return new LogPage(
            [
                new LogEntry(
                    Guid.NewGuid(), TimeProvider.System.GetUtcNow(), "banned", $"sk-…{turn}", null, "192.0.2.1", [],
                    "GET", "/", "", "", "", 1, Observed: false),
            ],
            Next: null);
    }
}
