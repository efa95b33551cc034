using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Gate;

/// <summary>Two downstreams behind one proxy.</summary>
public sealed class GateRouteTests(GateWorld world) : IClassFixture<GateWorld>, IAsyncLifetime
{
    private const string Nobody = "http://127.0.0.1:1";

    private readonly ExampleService _second = new();
    private ProxyApp _proxy = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _second.InitializeAsync();
        _proxy = world.NewProxy(
            ("Sentinel:Downstreams:twin:Addresses", _second.Address.ToString()),
            ("Sentinel:Downstreams:other:Addresses", _second.Address.ToString()),
            ("Sentinel:Downstreams:other:Realm", "other"),
            ("Sentinel:Downstreams:other:Profile", "gemini"),
            ("Sentinel:Downstreams:pair:Addresses", $"{Nobody}, {_second.Address}"),
            ("Sentinel:Downstreams:pair:LoadBalancing", "FirstAlphabetical"),
            ("Sentinel:Downstreams:pair:HealthPath", "/health"),
            ("Sentinel:Downstreams:pair:HealthInterval", "00:00:00.050"),
            ("Sentinel:Routes:twin:Path", "/twin/{**rest}"),
            ("Sentinel:Routes:twin:Downstream", "twin"),
            ("Sentinel:Routes:twin:StripPrefix", "/twin"),
            ("Sentinel:Routes:other:Path", "/other/{**rest}"),
            ("Sentinel:Routes:other:Downstream", "other"),
            ("Sentinel:Routes:host:Hosts", "other.example"),
            ("Sentinel:Routes:host:Downstream", "other"),
            ("Sentinel:Routes:posts:Path", "/mixed/{**rest}"),
            ("Sentinel:Routes:posts:Methods", "POST"),
            ("Sentinel:Routes:posts:Downstream", "twin"),
            ("Sentinel:Routes:open:Path", "/open/{**rest}"),
            ("Sentinel:Routes:open:Access", "public"),
            ("Sentinel:Routes:watched:Path", "/watched/{**rest}"),
            ("Sentinel:Routes:watched:Mode", "observe"),
            ("Sentinel:Routes:pair:Path", "/pair/{**rest}"),
            ("Sentinel:Routes:pair:Downstream", "pair"),
            ("Sentinel:Routes:small:Path", "/small/{**rest}"),
            ("Sentinel:Routes:small:MaxBodyBytes", "10"));
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _second.DisposeAsync();
    }

    [Theory]
    [InlineData("GET", "/a", "a", "first", "/a")]
    [InlineData("GET", "/twin/v1/models?x=1", "a", "second", "/v1/models?x=1")]
    [InlineData("GET", "/TWIN//a", "a", "second", "//a")]
    [InlineData("GET", "/twins", "a", "first", "/twins")]
    [InlineData("GET", "/other/a", "a", "second", "/other/a")]
    [InlineData("GET", "/a", "other.example", "second", "/a")]
    [InlineData("POST", "/mixed/a", "a", "second", "/mixed/a")]
    [InlineData("GET", "/mixed/a", "a", "first", "/mixed/a")]
    public async Task Path_method_and_host_lead_to_a_downstream(
        string method, string target, string host, string downstream, string received)
    {
        var key = The.Key;
        using var request = ProxyApp.Request(new HttpMethod(method), target, key, The.Caller);
        request.Headers.Host = host;

        using var answer = await _proxy.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var (expected, otherwise) = downstream == "first" ? (world.Downstream, _second) : (_second, world.Downstream);
        var seen = Assert.Single(await expected.SeenAsync(key, Cancelled));
        Assert.Equal(received, seen.GetProperty("target").GetString());
        Assert.Empty(await otherwise.SeenAsync(key, Cancelled));
    }

    [Fact]
    public async Task Public_route_answers_without_a_key_and_is_counted()
    {
        using var decisions = new Measured(_proxy, "sentinel.gate.decisions");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/open/docs");
        request.Headers.Add("X-Real-IP", The.Stranger.ToString());

        using var answer = await _proxy.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("allow", Assert.Single(decisions.Tags).Trim());
    }

    [Fact]
    public async Task Public_route_removes_every_key_and_binds_none()
    {
        var key = The.Key;
        using var request = ProxyApp.Request(HttpMethod.Get, $"/open/a?key={key}&x=1&api_key={key}", key, The.Caller);
        string[] carriers =
        [
            "x-api-key", "api-key", "x-goog-api-key", "x-litellm-api-key", "Ocp-Apim-Subscription-Key",
            "mj-api-secret", "x-portkey-config", "Sec-WebSocket-Protocol",
        ];
        Array.ForEach(carriers, carrier => request.Headers.Add(carrier, key));

        using var answer = await _proxy.SendAsync(request);

        var received = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        Assert.Equal("/open/a?x=1", received.GetProperty("target").GetString());
        Assert.DoesNotContain(key[3..], received.GetRawText(), StringComparison.Ordinal);
        Assert.Null(await world.StateAsync(key));
    }

    [Theory]
    [InlineData("/open/%252e%252e/a")]
    [InlineData("/open%2Fa")]
    [InlineData("/x/..%2fopen/a")]
    public async Task Path_that_could_lead_to_another_route_is_refused(string target)
    {
        using var refused = await _proxy.SendAsync(The.Key, The.Caller, target: target);

        Assert.Equal("target_ambiguous", Assert.Single(refused.Headers.GetValues("x-sentinel-reason")));
    }

    [Fact]
    public async Task Downstreams_of_one_realm_share_bindings_and_others_do_not()
    {
        var key = The.Key;
        Assert.Equal(HttpStatusCode.OK, await _proxy.AskAsync(key, The.Caller));

        Assert.Equal(HttpStatusCode.Forbidden, await _proxy.AskAsync(key, The.Stranger, target: "/twin/a"));
        Assert.Equal(HttpStatusCode.OK, await _proxy.AskAsync(key, The.Stranger, target: "/other/a"));
        Assert.Equal(HttpStatusCode.Forbidden, await _proxy.AskAsync(key, The.Caller, target: "/other/a"));
        Assert.Equal(HttpStatusCode.OK, await _proxy.AskAsync(key, The.Caller, target: "/twin/a"));
    }

    [Fact]
    public async Task Carriers_that_the_profile_of_a_route_does_not_check_are_removed_there()
    {
        var key = The.Key;
        using var request = ProxyApp.Request(HttpMethod.Get, "/other/echo", key, The.Caller);
        request.Headers.Add("x-api-key", "decoy");

        using var answer = await _proxy.SendAsync(request);

        Assert.DoesNotContain("decoy", await answer.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mode_of_a_route_wins_over_that_of_the_installation()
    {
        var key = The.Key;
        _ = await _proxy.AskAsync(key, The.Caller);

        Assert.Equal(HttpStatusCode.OK, await _proxy.AskAsync(key, The.Stranger, target: "/watched/a"));
        Assert.Equal(HttpStatusCode.Forbidden, await _proxy.AskAsync(key, The.Stranger, target: "/a"));
    }

    [Fact]
    public async Task Route_follows_its_settings_while_everything_runs()
    {
        var key = The.Key;
        await using var proxy = world.NewProxy(("Sentinel:Routes:live:Path", "/live/{**rest}"));
        _ = await proxy.AskAsync(key, The.Caller);
        Assert.Equal(HttpStatusCode.Forbidden, await proxy.AskAsync(key, The.Stranger, target: "/live/a"));

        var settings = (IConfigurationRoot)proxy.Services.GetRequiredService<IConfiguration>();
        settings["Sentinel:Routes:live:Mode"] = "observe";
        settings.Reload();

        await Eventually.Holds(async () =>
            await proxy.AskAsync(key, The.Stranger, target: "/live/a") is HttpStatusCode.OK);
    }

    [Fact]
    public async Task Address_that_is_not_well_is_left_out() => await Eventually.Holds(async () =>
        await _proxy.AskAsync(The.Key, The.Caller, target: "/pair/a") is HttpStatusCode.OK);

    [Fact]
    public async Task Body_that_is_larger_than_its_route_allows_is_refused_in_the_callers_dialect()
    {
        using var request = ProxyApp.Request(HttpMethod.Post, "/small/a", The.Key, The.Caller);
        request.Content = new ByteArrayContent(new byte[11]);

        using var refused = await _proxy.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        Assert.Equal("bad_request", Assert.Single(refused.Headers.GetValues("x-sentinel-reason")));
    }

    [Theory]
    [InlineData("GET", "b.example", "/v1/models", "{\"error\":{\"message\":")]
    [InlineData("POST", "a.example", "/v1/messages", "{\"type\":\"error\",\"error\":{\"type\":\"not_found_error\"")]
    [InlineData("GET", "b.example", "/", "{\"type\":\"about:blank\",\"title\":\"bad_request\",\"status\":404")]
    public async Task Where_no_route_leads_a_client_is_told_so_in_its_own_dialect(
        string method, string host, string target, string body)
    {
        await using var proxy = world.NewProxy(
            ("Sentinel:Routes:default:Hosts", "a.example"), ("Sentinel:Routes:default:Methods", "GET"));
        var key = The.Key;
        using var request = ProxyApp.Request(new HttpMethod(method), target, key, The.Caller);
        request.Headers.Host = host;

        using var answer = await proxy.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("bad_request", Assert.Single(answer.Headers.GetValues("x-sentinel-reason")));
        Assert.StartsWith(body, await answer.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        Assert.Equal(0, await world.CameThroughAsync(key));
    }
}
