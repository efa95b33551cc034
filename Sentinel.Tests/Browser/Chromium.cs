using Microsoft.Playwright;
using Sentinel.Tests.Browser;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace Sentinel.Tests.Browser;

/// <summary>One real browser for all tests of a run, started when the first test asks.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] _arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private readonly Lazy<Task<(IPlaywright Driver, IBrowser Browser)>> _running = new(StartAsync);

    public async Task<IBrowser> GetAsync() => (await _running.Value).Browser;

    /// <summary>A new browser at a console.</summary>
    public async Task<Viewer> OpenAsync(Uri console, Look? look = null, string? session = null)
    {
        var options = (look ?? Look.Light).ToOptions();
        options.StorageState = session;
        options.BaseURL = new Uri(console, "/admin/ui/").ToString();
        return await Viewer.OpenAsync(await (await GetAsync()).NewContextAsync(options));
    }

    public async ValueTask DisposeAsync()
    {
        if (_running.IsValueCreated)
        {
            var (driver, browser) = await _running.Value;
            await browser.DisposeAsync();
            driver.Dispose();
        }
    }

    private static async Task<(IPlaywright Driver, IBrowser Browser)> StartAsync()
    {
        var path = Environment.GetEnvironmentVariable("SENTINEL_CHROMIUM") ?? "/usr/bin/chromium";
        Assert.True(
            File.Exists(path),
            $"The browser tests need {path}: apt-get install chromium, or set SENTINEL_CHROMIUM to its path.");
        Assertions.SetDefaultExpectTimeout(Viewer.Patience);
        var driver = await Playwright.CreateAsync();
        var options = new BrowserTypeLaunchOptions { ExecutablePath = path, Args = _arguments };
        return (driver, await driver.Chromium.LaunchAsync(options));
    }
}
