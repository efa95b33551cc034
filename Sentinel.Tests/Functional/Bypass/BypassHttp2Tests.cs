using System.Net;
using System.Net.WebSockets;
using Sentinel.Tests.Functional.Gate;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Bypass;

/// <summary>A stolen key over HTTP/2 without TLS, on the port of its own.</summary>
public sealed class BypassHttp2Tests : IClassFixture<GateWorld>, IAsyncDisposable
{
    private readonly GateWorld _world;
    private readonly ProxyApp _proxy;
    private readonly HttpClient _client;

    public BypassHttp2Tests(GateWorld world)
    {
        _world = world;
        var port = ServerProcess.FreePort();
        _proxy = world.NewProxy(("urls", "http://127.0.0.1:0"), ("H2C_PORT", $"{port}"));
        _client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    public static TheoryData<string, string> Rows => new()
    {
        // request and headers, separated by |                          refusal
        { "GET /a|Authorization: Bearer <key>",                         "403 address_mismatch" },
        { "GET /a|Authorization: <upper>",                              "403 address_mismatch" },
        { "GET /a|x-api-key: <bare>",                                   "403 address_mismatch" },
        { "POST /a|api-key: <key>-7",                                   "403 address_mismatch" },
        { "HEAD /a|x-goog-api-key: <key>",                              "403 address_mismatch" },
        { "OPTIONS /a|x-api-key: <key>",                                "403 address_mismatch" },
        { "GET /a?%6bEY=<key>",                                         "403 address_mismatch" },
        { "GET //ws/google.ai?key=<bare>",                              "403 address_mismatch" },
        { "GET /a|Authorization: Basic <key>",                          "401 credential_invalid" },
        { "GET /a|Authorization: Bearer decoy|x-api-key: <key>",        "400 credential_conflict" },
        { "GET /a?key=decoy&key=<key>",                                 "400 credential_conflict" },
        { "GET /a|x_api_key: <key>|Authorization: Bearer decoy",        "400 bad_request" },
        { "GET /a|x-litellm-api-key: <key>",                            "401 credential_missing" },
        { "GET /a?api_key=<key>",                                       "401 credential_missing" },
        { "GET /a|Sec-WebSocket-Protocol: <key>",                       "401 credential_missing" },
        { "GET /a/..%2fb|x-api-key: <key>",                             "400 target_ambiguous" },
        { "TRACE /a|x-api-key: <key>",                                  "405 bad_request" },
        { "GET /a|x-api-key: <key>|X-Forwarded-For: <owner>",           "403 caller_unknown" },
        { "GET /a|x-api-key: <key>|Forwarded: for=<owner>",             "403 address_mismatch" },
    };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Stolen_key_does_not_reach_downstream_over_HTTP2(string row, string refusal)
    {
        var key = The.Key;
        Assert.Equal(HttpStatusCode.OK, await _proxy.AskAsync(key, The.Caller));
        var before = await _world.MentionsAsync(key);
        using var request = Request(
            Thief.Dress(row, key).Replace("<owner>", $"{The.Caller}", StringComparison.Ordinal).Split('|'));

        using var answer = await _client.SendAsync(request, Cancelled);

        Assert.Equal(HttpVersion.Version20, answer.Version);
        Assert.Equal(refusal, $"{(int)answer.StatusCode} {answer.Headers.GetValues("x-sentinel-reason").Single()}");
        Assert.Equal(before, await _world.MentionsAsync(key));
    }

    [Theory]
    [InlineData("Authorization", "Bearer <key>")]
    [InlineData("Sec-WebSocket-Protocol", "openai-insecure-api-key.<key>")]
    public async Task WebSocket_over_HTTP2_is_refused_like_any_other(string carrier, string value)
    {
        var key = The.Key;
        Assert.Equal(HttpStatusCode.OK, await _proxy.AskAsync(key, The.Caller));
        using var socket = new ClientWebSocket();
        socket.Options.HttpVersion = HttpVersion.Version20;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader(carrier, Thief.Dress(value, key));
        socket.Options.SetRequestHeader("X-Real-IP", $"{The.Stranger}");
        var address = new UriBuilder(_client.BaseAddress!) { Scheme = "ws", Path = "/ws/echo" };

        _ = await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(address.Uri, _client, Cancelled));

        Assert.Equal(HttpStatusCode.Forbidden, socket.HttpStatusCode);
        Assert.Equal(1, await _world.CameThroughAsync(key));
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return _proxy.DisposeAsync();
    }

    private HttpRequestMessage Request(string[] lines)
    {
        var words = lines[0].Split(' ');
        var request = new HttpRequestMessage(new HttpMethod(words[0]), $"{_client.BaseAddress}"[..^1] + words[1])
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        foreach (var line in lines[1..].Append($"X-Real-IP: {The.Stranger}"))
        {
            var colon = line.IndexOf(':');
            Assert.True(request.Headers.TryAddWithoutValidation(line[..colon], line[(colon + 2)..]));
        }

        return request;
    }
}
