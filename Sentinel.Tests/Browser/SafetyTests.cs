using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace Sentinel.Tests.Browser;

/// <summary>What a page of the console holds, and what it lets a browser do.</summary>
public sealed partial class SafetyTests(ConsoleOfClass console) : IClassFixture<ConsoleOfClass>
{
    public static TheoryData<string> Pages =>
        ["", "bindings", "intercepts", "approvals", "alerts", "doctor", "settings", "audit", "operators", "account"];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_holds_no_token_and_no_script_of_its_own(string path)
    {
        await using var viewer = await console.SignInAsync();

        var answer = await viewer.Page.APIRequest.GetAsync(path);
        var html = await answer.TextAsync();

        Assert.Equal(200, answer.Status);
        var policy = answer.Headers["content-security-policy"];
        Assert.StartsWith("default-src 'none'; script-src 'self'; ", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
        Assert.DoesNotMatch(Token(), html);
        Assert.All(Script().Matches(html), script => Assert.Contains("src=", script.Value, StringComparison.Ordinal));
        Assert.DoesNotMatch(Handler(), html);
    }

    [Fact]
    public async Task Nothing_can_be_pressed_before_the_circuit_answers()
    {
        await using var viewer = await console.SignInAsync();
        await Expect(viewer.Page.Locator("main[inert]")).ToHaveCountAsync(0);

        await viewer.Page.RouteAsync("**/_blazor/**", route => route.AbortAsync());
        await viewer.Page.GotoAsync("bindings");

        await Expect(viewer.Page.Locator("main[inert]")).ToHaveCountAsync(1);
    }

    [Theory]
    [InlineData("sign-in")]
    [InlineData("sign-out")]
    public async Task Form_without_its_antiforgery_token_is_refused(string path)
    {
        await using var viewer = await console.SignInAsync();
        var form = viewer.Page.APIRequest.CreateFormData();
        form.Set("_handler", "sign-in").Set("Form.Username", Support.AdminApi.Username);

        var answer = await viewer.Page.APIRequest.PostAsync(path, new() { Form = form });

        Assert.Equal(400, answer.Status);
        await viewer.Page.GotoAsync("bindings");
        await Expect(viewer.Page).ToHaveTitleAsync("Bindings · Sentinel");
    }

    [GeneratedRegex(@"eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.")]
    private static partial Regex Token();

    [GeneratedRegex("<script[^>]*>")]
    private static partial Regex Script();

    [GeneratedRegex(@"<[^>]*\son[a-z]+=")]
    private static partial Regex Handler();
}
