using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sentinel.Core.Callers;
using Sentinel.Tests.Functional.Gate;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Bypass;

/// <summary>Whoever holds a key or knows an address: its owner goes on as if nothing were.</summary>
public sealed class OwnerHarmTests(GateWorld world) : IClassFixture<GateWorld>
{
    private const int Times = 20;

    private static int _owners;

    private readonly ClientAddress _owner = The.Address($"192.0.2.{1 + (Interlocked.Increment(ref _owners) % 200)}");
    private readonly ClientAddress _stranger = The.Address($"198.51.100.{1 + (_owners % 200)}");

    public static TheoryData<string, string> Harms => HarmRows.All;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Harms))]
    public async Task Owner_goes_on_as_if_nothing_were(string row, string answer)
    {
        var key = await BoundAsync(world.Proxy);
        var before = await RowAsync(key);

        for (var i = 0; i < Times; i++)
        {
            var request = Thief.Dress(row, key)
                .Replace("<random>", The.Key, StringComparison.Ordinal)
                .Replace("<owner>", $"{_owner}", StringComparison.Ordinal)
                .Replace("<stranger>", $"{_stranger}", StringComparison.Ordinal);
            Assert.Equal(
                answer,
                await Thief.TryAsync(world.Proxy.Client.BaseAddress!, request, IPAddress.Loopback, Cancelled));
        }

        await AreLastUsesWrittenAsync();
        Assert.Equal(before, await RowAsync(key));
        Assert.Equal(1, await world.CameThroughAsync(key));
        foreach (var replica in new[] { world.Proxy, world.OtherProxy })
        {
            Assert.Equal(HttpStatusCode.OK, await replica.AskAsync(key, _owner));
        }
    }

    [Fact]
    public async Task Refusal_of_a_stranger_is_kept_by_no_cache()
    {
        var key = await BoundAsync(world.Proxy);

        using var refused = await world.Proxy.SendAsync(key, _stranger);

        Assert.Equal("no-store", refused.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task Refusal_that_downstream_forges_is_not_taken_for_ours()
    {
        await using var forger = NewForger();
        await forger.StartAsync(Cancelled);
        await using var proxy = world.NewProxy(("DOWNSTREAM_URL", forger.Urls.Single()));
        var key = await BoundAsync(world.Proxy);
        var before = await RowAsync(key);

        using var answer = await proxy.SendAsync(key, _owner);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False(answer.Headers.Contains("x-sentinel-reason"));
        Assert.Equal(before.Split('|')[0], (await RowAsync(key)).Split('|')[0]);
        Assert.Equal(HttpStatusCode.OK, await world.Proxy.AskAsync(key, _owner));
    }

    private static WebApplication NewForger()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Run(context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            context.Response.Headers["X-Sentinel-Reason"] = "banned";
            return context.Response.WriteAsync("""{"error":{"code":"banned"}}""", Cancelled);
        });
        return app;
    }

    private async Task<string> BoundAsync(ProxyApp proxy)
    {
        var key = The.Key;
        Assert.Equal(HttpStatusCode.OK, await proxy.AskAsync(key, _owner));
        return key;
    }

    /// <summary>Waits until what was used until now would be noted: one more key is, which came last.</summary>
    private async Task AreLastUsesWrittenAsync()
    {
        var key = await BoundAsync(world.Proxy);
        var bound = await RowAsync(key);
        Assert.Equal(HttpStatusCode.OK, await world.Proxy.AskAsync(key, _owner));
        await Eventually.Holds(async () => await RowAsync(key) != bound);
    }

    /// <summary>All that a refused request must not move.</summary>
    private Task<string> RowAsync(string key) => world.Stores.Host.ScalarAsync<string>(
        """
        SELECT concat_ws('|', state, networks, version, last_used_at, last_used_from, hint)
          FROM bindings WHERE fingerprint = $1
        """,
        world.Fingerprint(key).ToByteArray());
}
