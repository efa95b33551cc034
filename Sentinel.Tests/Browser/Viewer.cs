using System.Collections.Concurrent;
using Microsoft.Playwright;
using Sentinel.Tests.Conventions;

namespace Sentinel.Tests.Browser;

/// <summary>A browser with one page, which remembers whatever the page complains about.</summary>
public sealed class Viewer : IAsyncDisposable
{
    /// <summary>Milliseconds that a page may take. Dear numbers are kept for up to two minutes.</summary>
    public const int Patience = 150_000;

    private readonly ConcurrentQueue<string> _complaints = [];

    private Viewer(IPage page)
    {
        Page = page;
        page.PageError += (_, error) => _complaints.Enqueue(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _complaints.Enqueue(message.Text);
            }
        };
    }

    public IPage Page { get; }

    public static async Task<Viewer> OpenAsync(IBrowserContext context)
    {
        context.SetDefaultTimeout(Patience);
        return new Viewer(await context.NewPageAsync());
    }

    public async Task SignInAsync(string username, string password, string path = "")
    {
        await Page.GotoAsync(path);
        await Page.GetByLabel("User name").FillAsync(username);
        await Page.GetByLabel("Password").FillAsync(password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    /// <summary>Scripts failed, or the content security policy stopped something.</summary>
    public void AssertNoComplaints() => Assert.Empty(_complaints);

    /// <summary>Keeps what the page looks like, for people to look at: <c>artifacts/screenshots/</c>.</summary>
    public Task KeepAsync(string name) => Page.ScreenshotAsync(new()
    {
        Path = Path.Combine(Tree.Root, "artifacts", "screenshots", $"{name}.png"),
        Animations = ScreenshotAnimations.Disabled,
        FullPage = name.EndsWith("-phone", StringComparison.Ordinal), // so much is below a phone's edge
    });

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}
