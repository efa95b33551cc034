using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Gate;

/// <summary>HTTP/2 without TLS on both sides, as gRPC speaks it.</summary>
public sealed class GateHttp2Tests : IClassFixture<GateWorld>, IAsyncDisposable
{
    private readonly GateWorld _world;
    private readonly ProxyApp _proxy;
    private readonly HttpClient _client;

    public GateHttp2Tests(GateWorld world)
    {
        _world = world;
        var port = ServerProcess.FreePort();
        _proxy = world.NewProxy(
            ("urls", "http://127.0.0.1:0"),
            ("H2C_PORT", $"{port}"),
            ("Sentinel:Downstreams:default:Addresses", world.Downstream.H2cAddress.ToString()),
            ("Sentinel:Downstreams:default:Http2", "true"),
            ("Sentinel:Routes:sockets:Path", "/ws/{**rest}"),
            ("Sentinel:Routes:sockets:Methods", "GET"));
        _client = new HttpClient
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}"),
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Trailers_of_downstream_reach_the_client()
    {
        using var request = Request(HttpMethod.Post, "/trailers", The.Key);
        request.Headers.TE.ParseAdd("trailers");
        request.Content = new ByteArrayContent("abc"u8.ToArray());

        using var answer = await _client.SendAsync(request, Cancelled);

        Assert.Equal("The trailers tell.", await answer.Content.ReadAsStringAsync(Cancelled));
        Assert.Equal("3", Assert.Single(answer.TrailingHeaders.GetValues("x-body-bytes")));
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData("abc"u8)),
            Assert.Single(answer.TrailingHeaders.GetValues("x-body-sha256")));
    }

    [Fact]
    public async Task Both_sides_of_a_call_flow_at_the_same_time()
    {
        using var upload = new Upload();
        using var request = Request(HttpMethod.Post, "/trailers", The.Key);
        request.Content = upload;

        using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
        await using var body = await answer.Content.ReadAsStreamAsync(Cancelled);
        var first = await body.ReadAsync(new byte[64], Cancelled);
        upload.Finish();
        _ = await new StreamReader(body).ReadToEndAsync(Cancelled);

        Assert.Equal("The trailers tell.".Length, first);
        Assert.Equal("1", Assert.Single(answer.TrailingHeaders.GetValues("x-body-bytes")));
    }

    [Fact]
    public async Task WebSocket_is_opened_by_an_extended_CONNECT_wherever_GET_may_be_sent()
    {
        var key = The.Key;
        using var socket = await ConnectAsync(key, The.Caller.ToString());

        await socket.SendAsync("ping"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, Cancelled);
        var buffer = new byte[16];
        var frame = await socket.ReceiveAsync(buffer, Cancelled);

        Assert.Equal("ping", Encoding.UTF8.GetString(buffer, 0, frame.Count));
        await Eventually.Holds(async () => await _world.StateAsync(key) == "active");
        _ = await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(key, The.Stranger.ToString()));
    }

    [Fact]
    public async Task Key_of_another_network_is_refused_over_HTTP2_too()
    {
        var key = The.Key;
        using var first = await _client.SendAsync(Request(HttpMethod.Get, "/a", key), Cancelled);

        using var request = ProxyApp.Request(HttpMethod.Get, "/v1/models", key, The.Stranger);
        request.Version = HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        using var refused = await _client.SendAsync(request, Cancelled);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(HttpVersion.Version20, refused.Version);
        Assert.Contains("\"code\":\"address_mismatch\"", await refused.Content.ReadAsStringAsync(Cancelled));
    }

    [Fact]
    public async Task The_usual_port_speaks_HTTP1_beside_it() =>
        Assert.Equal(HttpStatusCode.OK, await _proxy.AskAsync(The.Key, The.Caller));

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _proxy.DisposeAsync();
    }

    private static HttpRequestMessage Request(HttpMethod method, string target, string key)
    {
        var request = ProxyApp.Request(method, target, key, The.Caller);
        request.Version = HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        return request;
    }

    private async Task<ClientWebSocket> ConnectAsync(string key, string caller)
    {
        var socket = new ClientWebSocket();
        socket.Options.HttpVersion = HttpVersion.Version20;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        socket.Options.SetRequestHeader("Authorization", $"Bearer {key}");
        socket.Options.SetRequestHeader("X-Real-IP", caller);
        var address = new UriBuilder(_client.BaseAddress!) { Scheme = "ws", Path = "/ws/echo" };
        await socket.ConnectAsync(address.Uri, _client, Cancelled);
        return socket;
    }

    /// <summary>One byte, and an end that comes when it is told to.</summary>
    private sealed class Upload : HttpContent
    {
        private readonly TaskCompletionSource _finished = new();

        public void Finish() => _finished.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync("x"u8.ToArray());
            await stream.FlushAsync();
            await _finished.Task;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
