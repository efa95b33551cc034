using Microsoft.Playwright;
using Sentinel.Core.Trail;
using Sentinel.Storage.Redis;
using Sentinel.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Sentinel.Tests.Browser;

/// <summary>Every page in every look: nothing complains, nothing is cut off, and a picture is kept.</summary>
public sealed class LookTests(ConsoleOfClass console) : IClassFixture<ConsoleOfClass>
{
    private static readonly string[] _hints = ["sk-…4f2a", "sk-ant-…9QxA", "AIza…c0de", "gsk_…77zz", "sk-proj-…b1Gg"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_are_whole_in_light_dark_and_phone_width()
    {
        await FillAsync();
        foreach (var look in Look.All)
        {
            await using var viewer = await console.SignInAsync(look: look);
            await Expect(viewer.Page.Locator(".tile .number")).ToHaveCountAsync(4);
            await AssertWholeAsync(viewer, $"overview-{look.Name}");

            await viewer.Page.GotoAsync("bindings");
            await Expect(viewer.Page.Locator("table.bindings tbody tr").First).ToBeVisibleAsync();
            await AssertWholeAsync(viewer, $"bindings-{look.Name}");

            await viewer.Page.GetByRole(AriaRole.Button, new() { Name = _hints[0] }).First.ClickAsync();
            await Expect(viewer.Page.Locator(".facts")).ToBeVisibleAsync();
            await AssertWholeAsync(viewer, $"binding-{look.Name}");

            await viewer.Page.GotoAsync("intercepts");
            await Expect(viewer.Page.Locator("table.intercepts tbody tr").First).ToBeVisibleAsync();
            await AssertWholeAsync(viewer, $"intercepts-{look.Name}");
        }
    }

    private static async Task AssertWholeAsync(Viewer viewer, string name)
    {
        await viewer.KeepAsync(name);
        var overflow = await viewer.Page.EvaluateAsync<int>(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overflow <= 0, $"{name} is {overflow} pixels too wide.");
        viewer.AssertNoComplaints();
    }

    private async Task FillAsync()
    {
        var counters = console.Api.Stores.Host.Get<DailyCounters>();
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        for (var day = 0; day < 14; day++)
        {
            var count = new DailyCount(
                today.AddDays(-day), 20_000 + (day * 7919 % 31_000), 3 + (day * 5 % 11), 9 + (day * 67 % 190));
            await counters.AddAsync(count, Cancel);
        }

        for (var number = 0; number < 24; number++)
        {
            var hint = _hints[number % _hints.Length];
            var binding = await console.Api.BindAsync(The.Address($"203.0.113.{number + 10}"), hint);
            var at = DateTimeOffset.UtcNow.AddMinutes(-number * number);
            await console.Api.InterceptAsync(
                binding, it => it with { Hint = hint, OccurredAt = at, Count = 1 + (number % 4) });
        }
    }
}
