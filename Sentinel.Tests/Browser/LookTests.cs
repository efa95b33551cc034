using Microsoft.Playwright;
using Sentinel.Core.Contracts;
using Sentinel.Core.Trail;
using Sentinel.Storage.Redis;
using Sentinel.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Sentinel.Tests.Browser;

/// <summary>Every page in every look: nothing complains, nothing is cut off, and a picture is kept.</summary>
public sealed class LookTests(ConsoleOfClass console) : IClassFixture<ConsoleOfClass>
{
    private static readonly string[] _hints = ["sk-…4f2a", "sk-ant-…9QxA", "AIza…c0de", "gsk_…77zz", "sk-proj-…b1Gg"];

    private static readonly (string Path, string Name, string Shows)[] _pages =
    [
        ("", "overview", ".tile .number"),
        ("bindings", "bindings", "table.bindings tbody tr"),
        ("intercepts", "intercepts", "table.intercepts tbody tr"),
        ("settings", "settings", ".history"),
        ("audit", "audit", "table.audit tbody tr"),
        ("approvals", "approvals", ".approvals tbody tr"),
        ("alerts", "alerts", ".empty"),
        ("operators", "operators", "table.users tbody tr"),
        ("doctor", "doctor", "table.chains tbody tr"),
        ("account", "account", "#tokens-title ~ .loaded .empty"),
    ];

    private readonly List<string> _faults = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_are_whole_and_open_to_all_in_light_dark_and_phone_width()
    {
        await FillAsync();
        await using var proxy = console.StartProxy();
        await using var other = console.StartProxy();
        await ComeAsync(proxy.Client);
        foreach (var look in Look.All)
        {
            await using var viewer = await console.SignInAsync(look: look);
            foreach (var (path, name, shows) in _pages)
            {
                await viewer.Page.GotoAsync(path);
                await Expect(viewer.Page.Locator(shows).First).ToBeVisibleAsync();
                await LookAsync(viewer, $"{name}-{look.Name}");
            }

            await viewer.Page.GotoAsync("bindings");
            await viewer.Page.GetByRole(AriaRole.Button, new() { Name = _hints[0] }).First.ClickAsync();
            await Expect(viewer.Page.Locator(".facts")).ToBeVisibleAsync();
            await LookAsync(viewer, $"binding-{look.Name}");

            await viewer.Page.GotoAsync("intercepts");
            await viewer.Page.GetByRole(AriaRole.Button, new() { Name = "Details" }).First.ClickAsync();
            await Expect(viewer.Page.Locator(".facts")).ToBeVisibleAsync();
            await LookAsync(viewer, $"intercept-{look.Name}");
        }

        Assert.Empty(_faults);
    }

    [Fact]
    public async Task All_places_are_within_reach_of_a_thumb()
    {
        await using var viewer = await console.SignInAsync("bindings", Look.Phone);
        var doctor = viewer.Page.GetByRole(AriaRole.Link, new() { Name = "Doctor" });

        // Until the page listens it is drawn once more, which closes what was opened.
        await Expect(viewer.Page.Locator("main:not([inert])")).ToBeVisibleAsync();
        await Expect(doctor).ToBeHiddenAsync();
        await viewer.Page.GetByRole(AriaRole.Button, new() { Name = "More" }).ClickAsync();
        await Expect(doctor).ToBeVisibleAsync();
        await LookAsync(viewer, "places-phone");
        await doctor.ClickAsync();

        await Expect(viewer.Page).ToHaveTitleAsync("Doctor · Sentinel");
        await Expect(doctor).ToBeHiddenAsync();
        Assert.Empty(_faults);
    }

    [Fact]
    public async Task What_can_be_done_to_chosen_keys_fits_a_phone()
    {
        await console.Api.BindAsync(hint: "sk-…fits");
        await using var viewer = await console.SignInAsync("bindings?q=sk-…fits", Look.Phone);

        await viewer.Page.GetByLabel("Choose sk-…fits").CheckAsync();
        await LookAsync(viewer, "chosen-phone");
        await viewer.Page.GetByRole(AriaRole.Button, new() { Name = "Bind a key" }).ClickAsync();
        await Expect(viewer.Page.Locator(".rz-dialog")).ToBeVisibleAsync();
        await LookAsync(viewer, "bind-phone");

        Assert.Empty(_faults);
    }

    [Fact]
    public async Task Sign_in_is_open_to_all()
    {
        foreach (var look in Look.All)
        {
            await using var viewer = await console.OpenAsync(look);
            await viewer.Page.GotoAsync("sign-in");
            await LookAsync(viewer, $"sign-in-{look.Name}");
        }

        Assert.Empty(_faults);
    }

    private async Task LookAsync(Viewer viewer, string name)
    {
        await viewer.KeepAsync(name);
        var overflow = await viewer.Page.EvaluateAsync<int>(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (overflow > 0)
        {
            _faults.Add($"{name} is {overflow} pixels too wide.");
        }

        _faults.AddRange((await Axe.ScanAsync(viewer)).Select(fault => $"{name}: {fault}"));
        viewer.AssertNoComplaints();
    }

    /// <summary>Requests by several ways, good and bad.</summary>
    private static async Task ComeAsync(HttpClient proxy)
    {
        string[] ways = ["X-Real-IP: 203.0.113.21", "X-Forwarded-For: 192.0.2.1, 203.0.113.22", "X-Real-IP: 127.0.0.9"];
        foreach (var way in ways)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
            Assert.True(request.Headers.TryAddWithoutValidation(way.Split(": ")[0], way.Split(": ")[1]));
            using var _ = await proxy.SendAsync(request, Cancel);
        }
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
            if (number % 6 == 5)
            {
                using var banned = await console.Api.PostAsync("bindings/ban", new BindingReference(binding.Id));
            }
        }

        using var changed = await console.Api.PutAsync("settings", new { claimWait = 7, bindOnArrival = true });
    }
}
