using System.Diagnostics;
using System.Globalization;
using System.Net;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Gate;

/// <summary>Whoever reads what the proxy prints may fall asleep: the gate does not wait for him.</summary>
public sealed class DeafConsoleTests(GateWorld world) : IClassFixture<GateWorld>
{
    /// <summary>More lines than the pipe and the console's queue take together.</summary>
    private const int Refusals = 8000;

    private const int AtOnce = 32;

    [Fact]
    public async Task Refusals_that_nobody_reads_do_not_hold_up_the_owner()
    {
        var key = The.Key;
        Assert.Equal(HttpStatusCode.OK, await world.Proxy.AskAsync(key, The.Caller));
        var address = new Uri(string.Create(
            CultureInfo.InvariantCulture, $"http://127.0.0.1:{ServerProcess.FreePort()}"));
        using var deaf = Start(address);
        using var client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(3) };
        try
        {
            await Eventually.Succeeds(async () => _ = await client.GetStringAsync("/health"));

            await Parallel.ForAsync(0, Refusals, Bounded, async (_, cancellationToken) =>
            {
                using var theft = ProxyApp.Request(HttpMethod.Get, "/anything", key, The.Stranger);
                using var refusal = await client.SendAsync(theft, cancellationToken);
                Assert.Equal(HttpStatusCode.Forbidden, refusal.StatusCode);
            });

            using var use = ProxyApp.Request(HttpMethod.Get, "/anything", key, The.Caller);
            using var answer = await client.SendAsync(use, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        finally
        {
            deaf.Kill();
        }
    }

    private static ParallelOptions Bounded => new()
    {
        MaxDegreeOfParallelism = AtOnce,
        CancellationToken = TestContext.Current.CancellationToken,
    };

    private Process Start(Uri address)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Sentinel.Proxy.dll")])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        (string Name, string Value)[] settings =
        [
            ("ASPNETCORE_ENVIRONMENT", "Development"), ("ASPNETCORE_URLS", address.ToString()),
            ("ConnectionStrings__sentinel", world.Stores.Database), ("ConnectionStrings__redis", world.Stores.Redis),
            ("SENTINEL_HMAC_SECRET", The.HmacSecret), ("DOWNSTREAM_URL", world.Downstream.Address.ToString()),
            ("TRUSTED_PROXIES", "127.0.0.0/8"), .. Patience.Great,
        ];
        foreach (var (name, value) in settings)
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        return Process.Start(start)!;
    }
}
