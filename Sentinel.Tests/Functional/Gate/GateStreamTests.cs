using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Gate;

/// <summary>Nothing is held back in either direction.</summary>
public sealed class GateStreamTests(GateWorld world) : IClassFixture<GateWorld>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_arrive_one_by_one_even_on_first_use()
    {
        using var request = ProxyApp.Request(HttpMethod.Post, "/v1/chat/completions", The.Key, The.Caller);
        request.Content = JsonContent.Create(new { model = "pause-60s", stream = true });

        using var answer = await world.Proxy.SendAsync(request);
        await using var events = await answer.Content.ReadAsStreamAsync(Cancelled);
        using var lines = new StreamReader(events);
        var first = await lines.ReadLineAsync(Cancelled);

        Assert.StartsWith("data: {", first);
    }

    [Fact]
    public async Task Key_is_bound_as_soon_as_downstream_has_said_yes_while_its_stream_goes_on()
    {
        var key = The.Key;
        using var request = ProxyApp.Request(HttpMethod.Post, "/v1/chat/completions", key, The.Caller);
        request.Content = JsonContent.Create(new { model = "pause-60s", stream = true });

        using var answer = await world.Proxy.SendAsync(request);

        await Eventually.Holds(async () => await world.StateAsync(key) == "active");
        Assert.Equal(HttpStatusCode.Forbidden, await world.OtherProxy.AskAsync(key, The.Stranger));
    }

    [Fact]
    public async Task WebSocket_is_passed_through_and_binds()
    {
        var key = The.Key;
        using var socket = await ConnectAsync(key, The.Caller.ToString());

        await socket.SendAsync("ping"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, Cancelled);
        var buffer = new byte[16];
        var frame = await socket.ReceiveAsync(buffer, Cancelled);

        Assert.Equal("ping", Encoding.UTF8.GetString(buffer, 0, frame.Count));
        await Eventually.Holds(async () => await world.StateAsync(key) == "active");
    }

    [Fact]
    public async Task WebSocket_with_a_key_of_another_network_is_refused()
    {
        var key = The.Key;
        _ = await world.Proxy.AskAsync(key, The.Caller);

        var refused = await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(key, The.Stranger.ToString()));

        Assert.Contains("403", refused.Message);
    }

    [Fact]
    public async Task Large_body_goes_through_whole()
    {
        const int Size = 100 * 1024 * 1024;
        using var request = ProxyApp.Request(HttpMethod.Post, "/anything", The.Key, The.Caller);
        request.Content = new StreamContent(new MemoryStream(new byte[Size], writable: false));

        using var answer = await world.Proxy.SendAsync(request);
        var echo = await answer.Content.ReadAsStringAsync(Cancelled);

        Assert.Contains("104857600", echo);
    }

    [Fact]
    public async Task What_a_client_says_about_its_address_is_replaced_by_what_was_decided()
    {
        using var request = ProxyApp.Request(HttpMethod.Get, "/anything", The.Key, The.Caller);
        request.Headers.Add("Forwarded", "for=1.2.3.4");
        request.Headers.Add("True-Client-IP", "1.2.3.4");
        request.Headers.Add("CF-Connecting-IP", "1.2.3.4");
        request.Headers.Add("X-Sentinel-Anything", "yes");
        request.Headers.Add("X-Original-URL", "/admin");

        using var answer = await world.Proxy.SendAsync(request);
        var echo = await answer.Content.ReadAsStringAsync(Cancelled);

        Assert.DoesNotContain("1.2.3.4", echo);
        Assert.DoesNotContain("sentinel", echo, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("/admin", echo);
        Assert.DoesNotContain("X-Real-IP", echo, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"\"X-Forwarded-For\":[\"{The.Caller}\"]", echo);
    }

    [Theory]
    [InlineData("Authorization", "Bearer ", null)]
    [InlineData("x-api-key", "", "private")]
    public async Task Answer_to_a_key_that_shared_caches_do_not_know_is_private(
        string carrier, string scheme, string? cacheControl)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/anything");
        request.Headers.Add(carrier, scheme + The.Key);
        request.Headers.Add("X-Real-IP", The.Caller.ToString());

        using var answer = await world.Proxy.SendAsync(request);

        Assert.Equal(cacheControl, answer.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task Client_that_leaves_frees_downstream_at_once()
    {
        var key = The.Key;
        using (var answer = await world.Proxy.SendAsync(key, The.Caller, target: "/anything"))
        {
            _ = await answer.Content.ReadAsStringAsync(Cancelled);
        }

        using var patience = new CancellationTokenSource();
        using var request = ProxyApp.Request(HttpMethod.Get, "/anything?left", key, The.Caller);
        request.Headers.Add("x-script", "slow-start-60s");
        var left = world.Proxy.Client.SendAsync(request, patience.Token);
        await Eventually.Holds(async () => await world.CameThroughAsync(key) == 2);

        await patience.CancelAsync();

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        await Eventually.Holds(async () =>
            (await world.Downstream.SeenAsync(key, Cancelled)).Any(it => it.GetProperty("aborted").GetBoolean()));
    }

    private async Task<ClientWebSocket> ConnectAsync(string key, string caller)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {key}");
        socket.Options.SetRequestHeader("X-Real-IP", caller);
        var address = new UriBuilder(world.Proxy.Client.BaseAddress!) { Scheme = "ws", Path = "/ws/echo" };
        await socket.ConnectAsync(address.Uri, Cancelled);
        return socket;
    }
}
