using System.Globalization;

namespace Sentinel.Tests.Support;

/// <summary>The admin API as a process of its own, which can be killed.</summary>
public sealed class AdminApiProcess : IAsyncDisposable
{
    private readonly ServerProcess _process;

    private bool _isKilled;

    private AdminApiProcess(ServerProcess process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<AdminApiProcess> StartAsync(
        string database, string redis, params (string Name, string Value)[] settings)
    {
        var port = ServerProcess.FreePort().ToString(CultureInfo.InvariantCulture);
        (string Name, string Value)[] all =
        [
            ("urls", $"http://127.0.0.1:{port}"), ("ConnectionStrings:sentinel", database),
            ("ConnectionStrings:redis", redis), ("Sentinel:Operators:Password", AdminApi.Password),
            ("Sentinel:Operators:JwtSecret", AdminApi.JwtSecret), .. settings,
        ];
        var process = await ServerProcess.StartAsync(
            ServerProcess.NewFolder(),
            [
                "dotnet", typeof(Sentinel.AdminApi.Program).Assembly.Location,
                .. all.Select(setting => $"--{setting.Name}={setting.Value}"),
            ]);
        var api = new AdminApiProcess(process, new Uri($"http://127.0.0.1:{port}"));
        await Eventually.Succeeds(api.PingAsync);
        return api;
    }

    /// <summary>Ends it without a chance to finish anything.</summary>
    public Task KillAsync()
    {
        _isKilled = true;
        return _process.SignalAsync("KILL");
    }

    public async ValueTask DisposeAsync()
    {
        // A shell lets its background programs ignore the interrupt that ends other servers.
        if (!_isKilled)
        {
            await KillAsync();
        }

        await _process.DisposeAsync();
    }

    private async Task PingAsync()
    {
        using var client = new HttpClient { BaseAddress = Address };
        using var answer = await client.GetAsync("/health");
        _ = answer.EnsureSuccessStatusCode();
    }
}
