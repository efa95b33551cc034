using Microsoft.Playwright;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;
using Sentinel.Storage.Postgres;
using Sentinel.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Sentinel.Tests.Browser;

/// <summary>Many keys at once, and keys that were not used yet.</summary>
public sealed class BulkTests(ConsoleOfClass console) : IClassFixture<ConsoleOfClass>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_keys_are_banned_at_once_and_that_can_be_undone()
    {
        var first = await console.Api.BindAsync(hint: "sk-…mny1");
        var second = await console.Api.BindAsync(hint: "sk-…mny2");
        await using var viewer = await console.SignInAsync("bindings?q=sk-…mny");

        await viewer.Page.GetByLabel("Choose all of this page").CheckAsync();
        await Expect(viewer.Page.Locator(".save-bar")).ToContainTextAsync("2 chosen");
        await viewer.KeepAsync("bindings-chosen-light");
        var ban = new LocatorGetByRoleOptions { Name = "Ban", Exact = true };
        await viewer.Page.Locator(".save-bar").GetByRole(AriaRole.Button, ban).ClickAsync();
        await viewer.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, ban).ClickAsync();
        await Expect(viewer.Page.GetByText("Keys banned: 2.")).ToBeVisibleAsync();
        Assert.Equal(BindingState.Banned, (await FindAsync(second.Fingerprint))!.State);
        await viewer.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();

        await Expect(viewer.Page.GetByText("Keys active again: 2.")).ToBeVisibleAsync();
        Assert.Equal(BindingState.Active, (await FindAsync(first.Fingerprint))!.State);
        viewer.AssertNoComplaints();
    }

    [Fact]
    public async Task Many_keys_are_unbound_but_not_those_that_others_tried_unless_that_is_said()
    {
        var free = await console.Api.BindAsync(hint: "sk-…unb1");
        var wanted = await console.Api.BindAsync(hint: "sk-…unb2");
        await console.Api.InterceptAsync(wanted);
        await using var viewer = await console.SignInAsync("bindings?q=sk-…unb");

        await ChooseAllAsync(viewer, "Unbind");
        await Expect(Dialog(viewer)).ToContainTextAsync("sk-…unb2");
        await viewer.KeepAsync("bindings-unbind-many-light");
        await PressInDialogAsync(viewer, "Unbind");
        await Expect(viewer.Page.GetByText("Keys freed: 1.")).ToBeVisibleAsync();
        await Expect(viewer.Page.GetByText("1 of 2 stay as they are.")).ToBeVisibleAsync();
        Assert.Null(await FindAsync(free.Fingerprint));
        Assert.NotNull(await FindAsync(wanted.Fingerprint));

        await ChooseAllAsync(viewer, "Unbind");
        await Dialog(viewer).GetByLabel("They are freed too.").CheckAsync();
        await PressInDialogAsync(viewer, "Unbind");

        await Expect(viewer.Page.GetByText("No binding matches.")).ToBeVisibleAsync();
        Assert.Null(await FindAsync(wanted.Fingerprint));
        viewer.AssertNoComplaints();
    }

    [Fact]
    public async Task Many_keys_are_labelled_and_the_labels_before_come_back()
    {
        var first = await console.Api.BindAsync(hint: "sk-…lab1");
        await console.Api.BindAsync(hint: "sk-…lab2");
        using var before = await console.Api.PutAsync("bindings/label", new { id = first.Id, label = "office" });
        await using var viewer = await console.SignInAsync("bindings?q=sk-…lab");

        await ChooseAllAsync(viewer, "Label");
        await Dialog(viewer).GetByLabel("Label").FillAsync("leaked in March");
        await PressInDialogAsync(viewer, "Save");
        await Expect(viewer.Page.GetByText("Keys labelled: 2.")).ToBeVisibleAsync();
        await Expect(viewer.Page.Locator("table.bindings").GetByText("leaked in March")).ToHaveCountAsync(2);
        await viewer.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();

        await Expect(viewer.Page.Locator("table.bindings").GetByText("leaked in March")).ToHaveCountAsync(0);
        Assert.Equal("office", (await console.Api.BindingAsync(first.Id)).Binding.Label);
        viewer.AssertNoComplaints();
    }

    [Fact]
    public async Task Key_is_bound_before_its_first_use_and_stands_in_no_page()
    {
        await using var api = Support.AdminApi.Start(
            console.Api.Stores.Database, console.Api.Stores.Redis, ("SENTINEL_HMAC_SECRET", The.HmacSecret));
        await using var app = AdminUiApp.Start(api.Address);
        await using var viewer = await console.OpenAsync(app);
        await viewer.SignInAsync(Support.AdminApi.Username, Support.AdminApi.Password, "bindings?q=payroll");
        var key = The.Key;

        await PressAsync(viewer, "Bind a key");
        await Dialog(viewer).GetByLabel("Key", new() { Exact = false }).Last.FillAsync(key);
        await Dialog(viewer).GetByLabel("Networks").FillAsync("192.0.2.0/24");
        await Expect(Dialog(viewer)).ToContainTextAsync("covers 256 addresses");
        await Dialog(viewer).GetByLabel("Label").FillAsync("payroll");
        await viewer.KeepAsync("bindings-bind-light");
        Assert.DoesNotContain(key, await viewer.Page.ContentAsync(), StringComparison.Ordinal);
        await PressInDialogAsync(viewer, "Bind");

        await Expect(viewer.Page.Locator("table.bindings tbody tr")).ToContainTextAsync("192.0.2.0/24");
        Assert.DoesNotContain(key, await viewer.Page.ContentAsync(), StringComparison.Ordinal);
        await viewer.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(viewer.Page.GetByText("No binding matches.")).ToBeVisibleAsync();
        viewer.AssertNoComplaints();
    }

    [Fact]
    public async Task Key_that_cannot_be_bound_says_why_at_its_field()
    {
        var bound = await console.Api.BindAsync();
        await using var viewer = await console.SignInAsync("bindings");

        await PressAsync(viewer, "Bind a key");
        await Dialog(viewer).GetByLabel("Key", new() { Exact = false }).Last.FillAsync(The.Key);
        await Dialog(viewer).GetByLabel("Networks").FillAsync("192.0.2.0/24");
        await PressInDialogAsync(viewer, "Bind");
        await Expect(viewer.Page.Locator(".rz-dialog .fault")).ToContainTextAsync("takes fingerprints only");
        await Dialog(viewer).GetByLabel("Its fingerprint").CheckAsync();
        await Dialog(viewer).GetByLabel("64 hexadecimal digits").FillAsync($"{bound.Fingerprint}");
        await PressInDialogAsync(viewer, "Bind");

        await Expect(viewer.Page.Locator(".rz-dialog .fault")).ToHaveTextAsync("The key has a binding.");
    }

    private static ILocator Dialog(Viewer viewer) => viewer.Page.Locator(".rz-dialog");

    private static async Task ChooseAllAsync(Viewer viewer, string action)
    {
        await viewer.Page.GetByLabel("Choose all of this page").CheckAsync();
        await viewer.Page.Locator(".save-bar")
            .GetByRole(AriaRole.Button, new() { Name = action, Exact = true }).ClickAsync();
    }

    private static Task PressAsync(Viewer viewer, string button) =>
        viewer.Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private static Task PressInDialogAsync(Viewer viewer, string button) =>
        Dialog(viewer).GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private Task<Binding?> FindAsync(KeyFingerprint fingerprint) =>
        console.Api.Stores.Host.Get<BindingStore>().FindAsync(fingerprint, Cancel);
}
