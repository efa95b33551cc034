using Microsoft.Playwright;
using Sentinel.Core.Contracts;
using static Microsoft.Playwright.Assertions;

namespace Sentinel.Tests.Browser;

public sealed class SettingsTests(ConsoleOfClass console) : IClassFixture<ConsoleOfClass>
{
    [Fact]
    public async Task Change_is_shown_before_it_is_saved_and_can_be_put_back()
    {
        await using var viewer = await console.SignInAsync("settings");

        await Field(viewer, "Idle timeout").FillAsync("1200");
        await Expect(viewer.Page.Locator(".setting.is-changed")).ToContainTextAsync("= 20 min");
        await Press(viewer, "Review and save");
        await Expect(viewer.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Idle timeout");
        await Expect(viewer.Page.GetByRole(AriaRole.Dialog).Locator("del")).ToHaveTextAsync("not set (15 min)");
        await Expect(viewer.Page.GetByRole(AriaRole.Dialog).Locator("ins")).ToHaveTextAsync("20 min");
        await viewer.KeepAsync("settings-diff-light");
        await Press(viewer, "Save");
        await Expect(viewer.Page.GetByText("The settings are saved.")).ToBeVisibleAsync();
        Assert.Equal(1200, await ValueAsync("idleTimeout"));

        await Expect(viewer.Page.Locator(".history tbody tr").First).ToContainTextAsync("20 min");
        await viewer.Page.Locator(".history tbody tr").First.GetByRole(AriaRole.Button).ClickAsync();
        await Press(viewer, "Put back");
        await Expect(viewer.Page.GetByText("The settings are put back.")).ToBeVisibleAsync();

        await Expect(Field(viewer, "Idle timeout")).ToHaveValueAsync("900");
        Assert.Equal(900, await ValueAsync("idleTimeout"));
        viewer.AssertNoComplaints();
    }

    [Fact]
    public async Task Value_out_of_range_cannot_be_saved()
    {
        await using var viewer = await console.SignInAsync("settings");

        await Field(viewer, "IPv4 prefix").FillAsync("40");

        await Expect(viewer.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("A number from 8 to 32.");
        await Expect(viewer.Page.GetByRole(AriaRole.Button, new() { Name = "Review and save" })).ToBeDisabledAsync();
        await Press(viewer, "Discard");
        await Expect(Field(viewer, "IPv4 prefix")).ToHaveValueAsync("32");
    }

    [Fact]
    public async Task What_the_admin_api_refuses_is_said_at_the_field_and_kept()
    {
        await using var viewer = await console.SignInAsync("settings");

        await Field(viewer, "Claim wait").FillAsync("60");
        await Field(viewer, "Claim lease").FillAsync("10");
        await Press(viewer, "Review and save");
        await Press(viewer, "Save");

        await Expect(viewer.Page.Locator(".fault")).ToHaveTextAsync("Nobody can wait longer than claimLease.");
        await Expect(Field(viewer, "Claim lease")).ToHaveValueAsync("10");
    }

    [Fact]
    public async Task Change_of_somebody_else_meanwhile_is_noticed()
    {
        await using var viewer = await console.SignInAsync("settings");
        await Field(viewer, "Login failures").FillAsync("7");
        using var other = await console.Api.PutAsync("settings", new { tokenLifetime = 3600 });

        await Press(viewer, "Review and save");
        await Press(viewer, "Save");

        await Expect(viewer.Page.GetByText("Somebody else has changed the settings meanwhile.")).ToBeVisibleAsync();
        await Expect(Field(viewer, "Token lifetime")).ToHaveValueAsync("3600");
        await Expect(Field(viewer, "Login failures")).ToHaveValueAsync("7");
    }

    [Fact]
    public async Task Switch_to_observe_is_warned_of()
    {
        await using var viewer = await console.SignInAsync("settings");

        await viewer.Page.GetByLabel("Mode", new() { Exact = true }).SelectOptionAsync("observe");
        await Press(viewer, "Review and save");

        await Expect(viewer.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Alert))
            .ToContainTextAsync("Nothing is refused any more for where it comes from");
        await viewer.KeepAsync("settings-observe-light");
        await Press(viewer, "Cancel");
        await Expect(viewer.Page.GetByLabel("Mode", new() { Exact = true })).ToHaveValueAsync("observe");
    }

    [Fact]
    public async Task What_is_old_is_shown_before_it_goes()
    {
        var binding = await console.Api.BindAsync(hint: "sk-…olde");
        _ = await console.Api.Stores.Host.ScalarAsync<Guid>(
            "UPDATE bindings SET created_at = now() - interval '400 days', last_used_at = now() - interval '400 days'"
            + " WHERE id = $1 RETURNING id", binding.Id);
        await using var viewer = await console.SignInAsync("settings");
        var section = viewer.Page.Locator("section").Filter(new() { HasText = "What is old" });

        await Expect(section.GetByRole(AriaRole.Button, new() { Name = "Sweep now" })).ToBeDisabledAsync();
        await Press(viewer, "See what would go");
        await Expect(section).ToContainTextAsync("sk-…olde");
        Assert.Equal("active", (await console.Api.BindingAsync(binding.Id)).Binding.State);
        await viewer.KeepAsync("settings-retention-light");
        await Press(viewer, "Sweep now");
        await Press(viewer, "Sweep");

        await Expect(section).ToContainTextAsync("This went:");
        Assert.Equal("archived", (await console.Api.BindingAsync(binding.Id)).Binding.State);
        viewer.AssertNoComplaints();
    }

    private static ILocator Field(Viewer viewer, string name) =>
        viewer.Page.GetByRole(AriaRole.Textbox, new() { Name = name });

    private static Task Press(Viewer viewer, string button) =>
        viewer.Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private async Task<int> ValueAsync(string name)
    {
        var settings = await console.Api.GetAsync<SettingsDocument>("settings");
        return settings.Settings.Single(it => it.Name == name).Value.GetInt32();
    }
}
