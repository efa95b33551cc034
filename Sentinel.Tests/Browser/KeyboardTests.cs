using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Sentinel.Tests.Browser;

/// <summary>The console without a mouse.</summary>
public sealed class KeyboardTests(ConsoleOfClass console) : IClassFixture<ConsoleOfClass>
{
    [Fact]
    public async Task Focus_goes_past_the_places_into_the_page_and_through_it_in_reading_order()
    {
        await console.Api.BindAsync(hint: "sk-…keyb");
        await using var viewer = await console.SignInAsync("bindings?q=sk-…keyb");
        await Expect(viewer.Page.Locator("table.bindings tbody tr")).ToHaveCountAsync(1);

        await viewer.Page.EvaluateAsync("document.activeElement.blur()");
        await viewer.Page.Locator(".skip").FocusAsync();
        await Expect(viewer.Page.Locator(".skip")).ToBeInViewportAsync();
        await viewer.Page.Keyboard.PressAsync("Enter");
        string[] order =
        [
            "Bind a key", "Key or label", "Address or network", "State", "Clear", "Choose all of this page", "Key",
            "Last used", "Bound", "Choose sk-…keyb", "sk-…keyb", "Unbind", "Ban",
        ];

        foreach (var name in order)
        {
            await viewer.Page.Keyboard.PressAsync("Tab");
            await Expect(viewer.Page.Locator(":focus")).ToHaveAccessibleNameAsync(name);
        }
    }

    [Fact]
    public async Task Dialog_takes_the_focus_and_gives_it_up_on_escape()
    {
        await console.Api.BindAsync(hint: "sk-…esca");
        await using var viewer = await console.SignInAsync("bindings?q=sk-…esca");
        var ban = viewer.Page.Locator("table.bindings").GetByRole(AriaRole.Button, new() { Name = "Ban" });

        await ban.FocusAsync();
        await viewer.Page.Keyboard.PressAsync("Enter");
        await Expect(viewer.Page.Locator(".rz-dialog :focus")).ToHaveCountAsync(1);
        await viewer.Page.Keyboard.PressAsync("Escape");
        await Expect(viewer.Page.Locator(".rz-dialog")).ToHaveCountAsync(0);
        await Expect(ban).ToBeFocusedAsync();
        Assert.Equal("active", await viewer.Page.Locator(".state").First.TextContentAsync());
    }
}
