using System.Text.RegularExpressions;

namespace Sentinel.Tests.Support;

/// <summary>The admin API as a process of its own, which can be killed.</summary>
public sealed partial class AdminApiProcess : IAsyncDisposable
{
    private readonly ServerProcess _process;

    private bool _isKilled;

    private AdminApiProcess(ServerProcess process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<AdminApiProcess> StartAsync(
        string database, string redis, params (string Name, string Value)[] settings)
    {
        (string Name, string Value)[] all =
        [
            ("environment", "Development"), ("urls", "http://127.0.0.1:0"), ("ConnectionStrings:sentinel", database),
            ("ConnectionStrings:redis", redis), ("Sentinel:Operators:Password", AdminApi.Password),
            ("Sentinel:Operators:JwtSecret", AdminApi.JwtSecret), .. Patience.Great, .. settings,
        ];
        var folder = ServerProcess.NewFolder();
        var process = await ServerProcess.StartAsync(
            folder,
            [
                "dotnet", typeof(Sentinel.AdminApi.Program).Assembly.Location,
                .. all.Select(setting => $"--{setting.Name}={setting.Value}"),
            ]);
        try
        {
            var api = new AdminApiProcess(process, await AddressAsync(Path.Combine(folder.FullName, "log")));
            await Eventually.Succeeds(api.PingAsync);
            return api;
        }
        catch
        {
            await process.SignalAsync("KILL");
            await process.DisposeAsync();
            throw;
        }
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

    // The system chooses the port, which nobody else can take before the program has it.
    private static async Task<Uri> AddressAsync(string path)
    {
        Uri? address = null;
        await Eventually.Succeeds(async () =>
        {
            var log = await File.ReadAllTextAsync(path);
            var line = ListeningLine().Match(log);
            Assert.True(line.Success, $"It does not listen: {log}");
            address = new Uri(line.Groups[1].Value);
        });
        return address!;
    }

    [GeneratedRegex(@"Now listening on: (http://[\d.:]+)\s", RegexOptions.NonBacktracking)]
    private static partial Regex ListeningLine();

    private async Task PingAsync()
    {
        using var client = new HttpClient { BaseAddress = Address };
        using var answer = await client.GetAsync("/health");
        _ = answer.EnsureSuccessStatusCode();
    }
}
