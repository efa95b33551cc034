using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Gate;

/// <summary>What happens on the way to downstream and back, byte for byte where a library would hide it.</summary>
public sealed class GateForwardingTests : IClassFixture<GateWorld>, IAsyncDisposable
{
    private readonly GateWorld _world;
    private readonly ProxyApp _proxy;

    public GateForwardingTests(GateWorld world)
    {
        _world = world;
        _proxy = world.NewProxy(
            ("Sentinel:Downstreams:away:Addresses", "http://127.0.0.1:1"),
            ("Sentinel:Routes:away:Path", "/v1/{**rest}"),
            ("Sentinel:Routes:away:Downstream", "away"),
            ("Sentinel:Routes:awayToo:Path", "/v1beta/{**rest}"),
            ("Sentinel:Routes:awayToo:Downstream", "away"),
            ("Sentinel:Routes:impatient:Path", "/v1/messages/{**rest}"),
            ("Sentinel:Routes:impatient:IdleTimeout", "00:00:01"));
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/v1/models", "", 502, "\"type\":\"api_error\",\"code\":\"downstream_unavailable\"")]
    [InlineData("/v1beta/models", "", 502, "\"code\":502,")]
    [InlineData("/v1/messages/slow", "slow-start-600s", 504, "\"error\":{\"type\":\"timeout_error\"")]
    public async Task Downstream_that_is_away_or_silent_is_told_in_the_callers_dialect(
        string target, string script, int status, string body)
    {
        var key = The.Key;

        using var failed = await _proxy.SendAsync(key, The.Caller, script, target);

        Assert.Equal(status, (int)failed.StatusCode);
        Assert.Contains(body, await failed.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        Assert.StartsWith("downstream_", Assert.Single(failed.Headers.GetValues("x-sentinel-reason")));
        Assert.False(failed.Headers.Contains("x-should-retry"));
        await Eventually.Holds(async () => await _world.StateAsync(key) is null);
    }

    [Fact]
    public async Task Idle_timeout_follows_its_setting_while_everything_runs()
    {
        await using var proxy = _world.NewProxy();
        var settings = (IConfigurationRoot)proxy.Services.GetRequiredService<IConfiguration>();
        settings["Sentinel:Forwarding:IdleTimeout"] = "00:00:01";
        settings.Reload();

        Assert.Equal(HttpStatusCode.GatewayTimeout, await proxy.AskAsync(The.Key, The.Caller, "slow-start-600s"));
    }

    [Fact]
    public async Task Client_that_expects_to_be_asked_for_its_body_is_asked_when_it_may_send_it()
    {
        using var client = new RawClient(_proxy);
        await client.SendHeadAsync("POST /anything|Content-Length: 5|Expect: 100-continue", The.Key, The.Caller);

        Assert.Equal("HTTP/1.1 100 Continue", await client.ReadLineAsync());
        await client.SendAsync("12345");
        Assert.Contains("\"bytes\":5", await client.ReadAnswerAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_that_is_refused_is_not_asked_for_its_body()
    {
        var key = The.Key;
        _ = await _proxy.AskAsync(key, The.Caller);
        using var client = new RawClient(_proxy);

        await client.SendHeadAsync("POST /anything|Content-Length: 5|Expect: 100-continue", key, The.Stranger);

        Assert.Equal("HTTP/1.1 403 Forbidden", await client.ReadLineAsync());
    }

    [Theory]
    [InlineData("X-Api-Key: sk-decoy")]
    [InlineData("Authorization: Bearer sk-decoy")]
    [InlineData("X-Forwarded-For: 203.0.113.99")]
    public async Task Trailer_that_was_not_announced_never_reaches_downstream(string trailer)
    {
        using var client = new RawClient(_proxy);
        await client.SendHeadAsync("POST /anything|Transfer-Encoding: chunked", The.Key, The.Caller);
        await client.SendAsync($"3\r\nabc\r\n0\r\n{trailer}\r\n\r\n");

        var answer = await client.ReadAnswerAsync();

        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.Contains("\"bytes\":3", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(trailer.Split(' ')[^1], answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trailer_that_announces_a_key_is_refused()
    {
        using var client = new RawClient(_proxy);

        await client.SendHeadAsync("POST /a|Transfer-Encoding: chunked|Trailer: X-Api-Key", The.Key, The.Caller);

        Assert.Equal("HTTP/1.1 400 Bad Request", await client.ReadLineAsync());
    }

    [Theory]
    [InlineData("TRACE /a", "405")]
    [InlineData("BREW /a", "405")]
    [InlineData("POST /a|Content-Length: 3|Transfer-Encoding: chunked", "400")]
    [InlineData("GET /a|X_Api_Key: sk-decoy", "400")]
    [InlineData("GET /a|Connection: X-Api-Key", "400")]
    [InlineData("GET /a|Connection: close, Authorization", "400")]
    public async Task What_two_servers_could_read_differently_never_reaches_downstream(string request, string status)
    {
        var key = The.Key;
        using var client = new RawClient(_proxy);

        await client.SendHeadAsync(request, key, The.Caller);

        Assert.Equal(status, (await client.ReadLineAsync())?.Split(' ')[1]);
        Assert.Equal(0, await _world.CameThroughAsync(key));
    }

    [Theory]
    [InlineData("GET /anything|Connection: Upgrade|Upgrade: SPDY/3")]
    [InlineData("POST /anything|Content-Length: 0|Connection: Upgrade|Upgrade: websocket")]
    [InlineData("GET /anything|Connection: Upgrade|Upgrade: websocket, h2c")]
    public async Task Only_a_GET_for_a_WebSocket_is_upgraded(string request)
    {
        using var client = new RawClient(_proxy);

        await client.SendHeadAsync(request, The.Key, The.Caller);

        Assert.Equal("HTTP/1.1 200 OK", await client.ReadLineAsync());
        Assert.DoesNotContain("\"Upgrade\"", await client.ReadToLineAsync('{'), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Large_answer_comes_through_piece_by_piece()
    {
        const long Size = 100 * 1024 * 1024;
        var target = string.Create(CultureInfo.InvariantCulture, $"/bytes/{Size}");
        using var answer = await _proxy.SendAsync(The.Key, The.Caller, target: target);
        await using var body = await answer.Content.ReadAsStreamAsync(Cancelled);
        var buffer = new byte[64 * 1024];
        var received = 0L;
        while (await body.ReadAsync(buffer, Cancelled) is > 0 and var read)
        {
            received += read;
        }

        Assert.Equal(Size, received);
    }

    [Fact]
    public async Task Client_that_leaves_in_the_middle_of_its_upload_ends_the_request_downstream()
    {
        var key = The.Key;
        using (var client = new RawClient(_proxy))
        {
            await client.SendHeadAsync("POST /anything|Content-Length: 1000", key, The.Caller);
            await client.SendAsync("a beginning");
            await Eventually.Holds(async () => await _world.CameThroughAsync(key) == 1);
        }

        await Eventually.Holds(async () => (await _world.Downstream.SeenAsync(key, Cancelled))
            .Any(it => it.GetProperty("aborted").GetBoolean()));
        await Eventually.Holds(async () => await _world.StateAsync(key) is null);
    }

    public ValueTask DisposeAsync() => _proxy.DisposeAsync();
}
