using Microsoft.Playwright;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;
using Sentinel.Storage.Postgres;
using Sentinel.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Sentinel.Tests.Browser;

public sealed class BindingsTests(ConsoleOfClass console) : IClassFixture<ConsoleOfClass>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_is_filtered_by_what_the_address_says()
    {
        await console.Api.BindAsync(hint: "sk-…filt");
        await console.Api.BindAsync(The.Stranger, hint: "gsk_…filt");
        await using var viewer = await console.SignInAsync("bindings");

        await Filter(viewer, "Key or label", "gsk_…filt");

        await Expect(Rows(viewer)).ToHaveCountAsync(1);
        await Expect(Rows(viewer)).ToContainTextAsync("198.51.100.9/32");
        Assert.Contains("q=gsk_", viewer.Page.Url, StringComparison.Ordinal);
        await Filter(viewer, "Address or network", "203.0.113.0/24");
        await Expect(viewer.Page.GetByText("No binding matches.")).ToBeVisibleAsync();
        await viewer.Page.GetByRole(AriaRole.Link, new() { Name = "Clear" }).ClickAsync();
        await Expect(viewer.Page.GetByText("gsk_…filt")).ToBeVisibleAsync();
        viewer.AssertNoComplaints();
    }

    [Fact]
    public async Task Malformed_filter_is_explained()
    {
        await using var viewer = await console.SignInAsync("bindings?ip=not-an-address");

        await Expect(viewer.Page.Locator(".empty")).ToContainTextAsync("An address or a network is expected");
    }

    [Fact]
    public async Task Pages_are_turned_on_the_server()
    {
        for (var number = 0; number < 25; number++)
        {
            await console.Api.BindAsync(hint: $"sk-pag-…{number:0000}");
        }

        await using var viewer = await console.SignInAsync("bindings?q=sk-pag-");

        await Expect(Rows(viewer)).ToHaveCountAsync(20);
        await Expect(viewer.Page.Locator(".pager")).ToContainTextAsync("1–20 of 25");
        await viewer.Page.GetByRole(AriaRole.Link, new() { Name = "Next" }).ClickAsync();
        await Expect(Rows(viewer)).ToHaveCountAsync(5);
        await Expect(viewer.Page.Locator(".pager")).ToContainTextAsync("21–25 of 25");
    }

    [Fact]
    public async Task Unbound_key_is_free()
    {
        var binding = await console.Api.BindAsync(hint: "sk-…free");
        await using var viewer = await console.SignInAsync("bindings?q=sk-…free");

        await Press(viewer, "Unbind");
        var dialog = viewer.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("Its next successful use binds it to wherever that comes from");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Unbind" }).ClickAsync();

        await Expect(viewer.Page.GetByText("sk-…free is free.")).ToBeVisibleAsync();
        Assert.Null(await FindAsync(binding.Fingerprint));
    }

    [Fact]
    public async Task Key_that_others_tried_is_given_to_the_network_that_the_operator_names()
    {
        var binding = await console.Api.BindAsync(hint: "sk-…next");
        await console.Api.InterceptAsync(binding);
        await using var viewer = await console.SignInAsync("bindings?q=sk-…next");

        await Press(viewer, "Unbind");
        var dialog = viewer.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Unbind" }).ClickAsync();
        await Expect(dialog).ToContainTextAsync("The key was refused from other networks.");
        await viewer.KeepAsync("unbind-refused-light");
        await dialog.GetByLabel("198.51.100.9/32").CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Bind to this network" }).ClickAsync();

        await Expect(viewer.Page.GetByText("sk-…next is bound to 198.51.100.9/32.")).ToBeVisibleAsync();
        var bound = await FindAsync(binding.Fingerprint);
        Assert.Equal([The.Network("198.51.100.9/32")], bound!.Networks);
    }

    [Fact]
    public async Task Banned_key_can_be_unbanned()
    {
        var binding = await console.Api.BindAsync(hint: "sk-…bans");
        await using var viewer = await console.SignInAsync("bindings?q=sk-…bans");

        await Press(viewer, "Ban");
        await viewer.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Ban" }).ClickAsync();
        await Expect(Rows(viewer)).ToContainTextAsync("banned");
        Assert.Equal(BindingState.Banned, (await FindAsync(binding.Fingerprint))!.State);
        await Press(viewer, "Unban");
        await viewer.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Unban" }).ClickAsync();

        await Expect(Rows(viewer)).ToContainTextAsync("active");
        Assert.Equal(BindingState.Active, (await FindAsync(binding.Fingerprint))!.State);
        viewer.AssertNoComplaints();
    }

    private static ILocator Rows(Viewer viewer) => viewer.Page.Locator("table.bindings tbody tr");

    private static Task Press(Viewer viewer, string action) =>
        Rows(viewer).GetByRole(AriaRole.Button, new() { Name = action, Exact = true }).ClickAsync();

    private static async Task Filter(Viewer viewer, string name, string value)
    {
        await Expect(viewer.Page.Locator("table.bindings")).ToBeVisibleAsync();
        await viewer.Page.GetByLabel(name).FillAsync(value);
        await viewer.Page.GetByLabel(name).PressAsync("Enter");
    }

    private Task<Binding?> FindAsync(KeyFingerprint fingerprint) =>
        console.Api.Stores.Host.Get<BindingStore>().FindAsync(fingerprint, Cancel);
}
