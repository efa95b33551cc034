using System.Globalization;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Distributed.Bundles;

/// <summary>A bundled program in an environment that knows no .NET, in production.</summary>
internal sealed class BundledApp : IAsyncDisposable
{
    private readonly ServerProcess _process;

    private BundledApp(ServerProcess process, Uri address) =>
        (_process, Client) = (process, new HttpClient { BaseAddress = address });

    public HttpClient Client { get; }

    public static async Task<BundledApp> StartAsync(string program, Dictionary<string, string> settings)
    {
        var folder = ServerProcess.NewFolder();
        var address = new Uri(string.Create(
            CultureInfo.InvariantCulture, $"http://127.0.0.1:{ServerProcess.FreePort()}"));
        var all = settings.Where(it => it.Key != "ASPNETCORE_URLS").Select(it => $"{it.Key}={it.Value}");
        var patience = Patience.Great
            .Select(it => $"{it.Name.Replace(":", "__", StringComparison.Ordinal)}={it.Value}");
        var process = await ServerProcess.StartAsync(
            folder,
            [
                "env", "--ignore-environment", .. all, .. patience, $"ASPNETCORE_URLS={address}",
                $"PATH={folder.FullName}", program,
            ]);
        var app = new BundledApp(process, address);
        await Eventually.Succeeds(async () =>
        {
            using var answer = await app.Client.GetAsync("/health/ready");
            Assert.True(answer.IsSuccessStatusCode, await File.ReadAllTextAsync(Path.Combine(folder.FullName, "log")));
        });
        return app;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _process.SignalAsync("KILL");
        await _process.DisposeAsync();
    }
}
