using Microsoft.Playwright;
using Sentinel.Tests.Functional.Gate;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Browser;

/// <summary>The console of one test class over a real admin API and real stores, and browsers to look at it.</summary>
public sealed class ConsoleOfClass(RealStores stores, Chromium chromium) : IAsyncLifetime
{
    private AdminUiApp _console = null!;

    public AdminApiOfClass Api { get; } = new(stores);

    public async ValueTask InitializeAsync()
    {
        await Api.InitializeAsync();
        _console = AdminUiApp.Start(Api.Api.Address);
    }

    /// <summary>A new browser that nobody signed in with.</summary>
    /// <param name="look">How it looks at the console.</param>
    /// <param name="session">The cookies of another browser, as it keeps them.</param>
    public Task<Viewer> OpenAsync(Look? look = null, string? session = null) =>
        chromium.OpenAsync(_console.Address, look, session);

    /// <summary>A new browser at another console.</summary>
    public Task<Viewer> OpenAsync(AdminUiApp app) => chromium.OpenAsync(app.Address);

    /// <summary>A new browser, signed in, at a page of the console.</summary>
    public async Task<Viewer> SignInAsync(string path = "", Look? look = null)
    {
        var viewer = await OpenAsync(look);
        await viewer.SignInAsync(Support.AdminApi.Username, Support.AdminApi.Password, path);
        await Assertions.Expect(viewer.Page.Locator(".places")).ToBeVisibleAsync();
        return viewer;
    }

    /// <summary>A replica of the proxy on the same stores; what is behind it does not answer.</summary>
    public ProxyApp StartProxy() => new(Api.Stores.Database, Api.Stores.Redis, new Uri("http://127.0.0.1:9"));

    public async ValueTask DisposeAsync()
    {
        await _console.DisposeAsync();
        await Api.DisposeAsync();
    }
}
