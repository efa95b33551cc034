using System.Net;
using System.Net.WebSockets;
using Sentinel.Core.Callers;
using Sentinel.Tests.Functional.Gate;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Bypass;

/// <summary>Whoever holds on to things, or fills them up: what he takes is his own share, never the owner's.</summary>
public sealed class OwnerLimitTests(GateWorld world) : IClassFixture<GateWorld>
{
    private static int _owners;

    private readonly ClientAddress _owner = The.Address($"192.0.2.{1 + (Interlocked.Increment(ref _owners) % 200)}");
    private readonly ClientAddress _thief = The.Address($"198.51.100.{1 + (_owners % 200)}");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Upload_that_never_ends_holds_a_key_only_until_its_owner_comes()
    {
        await using var proxy = world.NewProxy(
            ("Sentinel:Decisions:ClaimLease", "00:00:01"), ("Sentinel:Forwarding:MinBodyBytesPerSecond", "0"));
        var key = The.Key;
        using var upload = new RawClient(proxy);
        await upload.SendHeadAsync("POST /a|Transfer-Encoding: chunked", key, _thief);
        await Eventually.Holds(async () => await world.StateAsync(key) == "claimed");

        await Eventually.Holds(async () => await world.OtherProxy.AskAsync(key, _owner) is HttpStatusCode.OK);

        Assert.Equal(HttpStatusCode.Forbidden, await proxy.AskAsync(key, _thief));
        Assert.Equal(HttpStatusCode.OK, await proxy.AskAsync(key, _owner));
    }

    [Fact]
    public async Task First_uses_that_are_given_up_again_and_again_leave_the_key_to_its_owner()
    {
        var key = The.Key;
        for (var i = 0; i < 10; i++)
        {
            using var thief = new RawClient(world.Proxy);
            await thief.SendHeadAsync("GET /a|x-script: slow-start-60s", key, _thief);
            await Eventually.Holds(async () => await world.StateAsync(key) == "claimed");
        }

        await Eventually.Holds(async () => await world.OtherProxy.AskAsync(key, _owner) is HttpStatusCode.OK);

        Assert.Equal(HttpStatusCode.Forbidden, await world.Proxy.AskAsync(key, _thief));
    }

    [Fact]
    public async Task Sockets_that_a_thief_keeps_open_are_taken_off_his_own_share()
    {
        await using var proxy = world.NewProxy(("Sentinel:Decisions:MaxStreamsPerKey", "3"));
        var (key, own) = (The.Key, The.Key);
        using var first = await OpenAsync(proxy, key, _owner);

        var thieves = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(n => OpenAsync(proxy, n % 2 == 0 ? key : own, _thief)));

        Assert.Equal(3, thieves.Count(socket => socket.State is WebSocketState.Open));
        using var second = await OpenAsync(proxy, key, _owner);
        using var third = await OpenAsync(proxy, key, _owner);
        Assert.All([first, second, third], socket => Assert.Equal(WebSocketState.Open, socket.State));
        Array.ForEach(thieves, socket => socket.Dispose());
    }

    [Fact]
    public async Task Keys_that_nobody_knows_push_no_owner_out_of_memory()
    {
        await using var proxy = world.NewProxy(
            ("Sentinel:Decisions:MemoryEntries", "100"),
            ("Sentinel:Decisions:UnknownKeyEntries", "10"),
            ("Sentinel:Decisions:Caps:Exempt", $"{_thief}"));
        var key = The.Key;
        Assert.Equal(HttpStatusCode.OK, await proxy.AskAsync(key, _owner));
        for (var i = 0; i < 300; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await proxy.AskAsync(The.Key, _thief, "status-401"));
        }

        using var lookups = new Measured(proxy, "sentinel.gate.lookups");
        Assert.Equal(HttpStatusCode.OK, await proxy.AskAsync(key, _owner));

        Assert.Equal(["memory"], lookups.Tags);
    }

    [Fact]
    public async Task Thousand_refusals_from_many_addresses_lock_nobody_out()
    {
        var key = The.Key;
        Assert.Equal(HttpStatusCode.OK, await world.Proxy.AskAsync(key, _owner));

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async n =>
        {
            var thief = The.Address($"198.51.100.{201 + n}");
            var statuses = new List<HttpStatusCode>();
            for (var i = 0; i < 50; i++)
            {
                statuses.Add(await world.Proxy.AskAsync(key, thief));
            }

            return statuses;
        }));

        Assert.All(answers.SelectMany(it => it), status => Assert.Equal(HttpStatusCode.Forbidden, status));
        Assert.Equal(HttpStatusCode.OK, await world.Proxy.AskAsync(key, _owner));
        Assert.Equal(HttpStatusCode.OK, await world.OtherProxy.AskAsync(key, _owner));
    }

    private static async Task<ClientWebSocket> OpenAsync(ProxyApp proxy, string key, ClientAddress caller)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {key}");
        socket.Options.SetRequestHeader("X-Real-IP", $"{caller}");
        var address = new UriBuilder(proxy.Client.BaseAddress!) { Scheme = "ws", Path = "/ws/echo" };
        try
        {
            await socket.ConnectAsync(address.Uri, Cancelled);
        }
        catch (WebSocketException)
        {
            // Whoever is refused is left with a socket that is not open.
        }

        return socket;
    }
}
