using System.Diagnostics;
using System.Globalization;
using Sentinel.Tests.Functional.Gate;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Nginx;

/// <summary>A replica of the proxy as a process of its own, in production, so that it can be told to stop.</summary>
internal sealed class ProxyProcess(GateWorld world, params (string Name, string Value)[] settings) : IAsyncDisposable
{
    private Process? _process;

    public Uri Address { get; } = new(string.Create(
        CultureInfo.InvariantCulture, $"http://127.0.0.1:{ServerProcess.FreePort()}"));

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Sentinel.Proxy.dll")])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        (string Name, string Value)[] all =
        [
            .. Production.Settings, .. Patience.Great,
            ("ASPNETCORE_URLS", Address.ToString()), ("ASPNETCORE_ENVIRONMENT", "Production"),
            ("ConnectionStrings:sentinel", world.Stores.Database),
            ("ConnectionStrings:redis", world.Stores.Redis), ("SENTINEL_HMAC_SECRET", The.HmacSecret),
            ("DOWNSTREAM_URL", world.Downstream.Address.ToString()), .. settings,
        ];
        foreach (var (name, value) in all.Where(setting => setting.Name != "environment"))
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        using var client = new HttpClient { BaseAddress = Address };
        await Eventually.Succeeds(async () => (await client.GetAsync("/health/ready")).EnsureSuccessStatusCode());
    }

    /// <summary>Asks it to stop, and waits until it has.</summary>
    public async Task StopAsync()
    {
        await ServerProcess.RunAsync("kill", "-TERM", _process!.Id.ToString(CultureInfo.InvariantCulture));
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
        }

        _process?.Dispose();
        return ValueTask.CompletedTask;
    }
}
