using System.Net.Http.Json;
using Microsoft.Playwright;
using Sentinel.Core.Contracts;
using Sentinel.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Sentinel.Tests.Browser;

/// <summary>Where alerts go is set in the console, and what is secret about it is never shown there again.</summary>
public sealed class AlertSettingsTests(RealStores stores, Chromium chromium) : IAsyncLifetime
{
    private const string Secret = "a secret that no page shows";

    private readonly StoresOfClass _world = new(stores);
    private AlertReceiver _receiver = null!;
    private Support.AdminApi _api = null!;
    private AdminUiApp _console = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Webhook => $"{_receiver.Address}?token=no-page-shows-this";

    public async ValueTask InitializeAsync()
    {
        await _world.InitializeAsync();
        _receiver = await AlertReceiver.StartAsync();
        _api = Support.AdminApi.Start(
            _world.Database, _world.Redis, ("Sentinel:Alerts:AllowedTargets", "127.0.0.0/8"));
        _console = AdminUiApp.Start(_api.Address);
    }

    [Fact]
    public async Task Webhook_is_set_tried_and_taken_back_and_shown_to_nobody()
    {
        await using var viewer = await OpenAsync();
        await Field(viewer, "Alert webhook").FillAsync(Webhook);
        await Field(viewer, "Alert secret").FillAsync(Secret);
        await Field(viewer, "Alert format").SelectOptionAsync("slack");
        await Field(viewer, "Console address").FillAsync("https://console.example/admin/ui");
        await Press(viewer, "Review and save");

        var dialog = viewer.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.Locator("li")).ToHaveCountAsync(4);
        await Expect(dialog.Locator("li").Filter(new() { HasText = "Alert webhook" }).Locator("ins"))
            .ToHaveTextAsync("…");
        await Expect(dialog).Not.ToContainTextAsync("shows");
        await viewer.KeepAsync("settings-alerts-light");
        await Press(viewer, "Save");
        await Expect(viewer.Page.GetByText("The settings are saved.")).ToBeVisibleAsync();

        await Expect(Field(viewer, "Alert webhook")).ToHaveValueAsync("");
        await Expect(Field(viewer, "Alert webhook")).ToHaveAttributeAsync("type", "password");
        await Expect(Field(viewer, "Alert format")).ToHaveValueAsync("slack");
        Assert.DoesNotContain("shows", await viewer.Page.ContentAsync(), StringComparison.Ordinal);
        await viewer.Page.GetByRole(AriaRole.Link, new() { Name = "Send a test" }).ClickAsync();
        await Press(viewer, "Send a test");
        await Expect(viewer.Page.Locator("table.deliveries tbody tr .state")).ToHaveTextAsync("delivered");
        Assert.True(Assert.Single(_receiver.Received).IsSignedWith(Secret));

        await viewer.Page.GotoAsync("settings");
        await Press(viewer, "Take back Alert webhook");
        await Press(viewer, "Review and save");
        await Press(viewer, "Save");
        await Expect(viewer.Page.GetByText("The settings are saved.")).ToBeVisibleAsync();
        Assert.Equal([false, true], await AreSetAsync("alertWebhook", "alertSecret"));
        viewer.AssertNoComplaints();
    }

    [Fact]
    public async Task What_cannot_be_an_alert_setting_is_said_at_its_field()
    {
        await using var viewer = await OpenAsync();
        await Field(viewer, "Alert webhook").FillAsync("ftp://example.com/");
        await Field(viewer, "Alert secret").FillAsync("short");
        await Press(viewer, "Review and save");
        await Press(viewer, "Save");

        await Expect(FaultOf(viewer, "Alert webhook"))
            .ToHaveTextAsync("An http or https address without a user name is expected.");
        await Expect(FaultOf(viewer, "Alert secret")).ToHaveTextAsync("16 to 200 characters.");
        Assert.Equal([false, false], await AreSetAsync("alertWebhook", "alertSecret"));
    }

    public async ValueTask DisposeAsync()
    {
        await _console.DisposeAsync();
        await _api.DisposeAsync();
        await _receiver.DisposeAsync();
        await _world.DisposeAsync();
    }

    private static ILocator Field(Viewer viewer, string name) =>
        viewer.Page.GetByLabel(name, new() { Exact = true });

    private static ILocator FaultOf(Viewer viewer, string name) => viewer.Page.Locator(".setting")
        .Filter(new() { Has = viewer.Page.GetByText(name, new() { Exact = true }) }).Locator(".fault");

    private static Task Press(Viewer viewer, string button) =>
        viewer.Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private async Task<Viewer> OpenAsync()
    {
        var viewer = await chromium.OpenAsync(_console.Address);
        await viewer.SignInAsync(Support.AdminApi.Username, Support.AdminApi.Password, "settings");
        await Expect(Field(viewer, "Alert webhook")).ToBeVisibleAsync();
        return viewer;
    }

    private async Task<IEnumerable<bool>> AreSetAsync(params string[] names)
    {
        using var client = await _api.SignInAsync();
        var settings = await client.GetFromJsonAsync<SettingsDocument>("/admin/api/settings", Cancel);
        return names.Select(name => settings!.Settings.Single(it => it.Name == name).IsSet);
    }
}
