using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using Sentinel.Core.Contracts;
using Sentinel.Tests.Browser;
using Sentinel.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Sentinel.Tests.Functional.Nginx;

public sealed class NginxTests(NginxWorld world, Chromium chromium) : IClassFixture<NginxWorld>
{
    private static readonly IPAddress _owner = IPAddress.Parse("127.0.0.9");
    private static readonly IPAddress _thief = IPAddress.Parse("127.0.0.66");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Caller_is_who_connected_to_nginx_whatever_the_headers_say()
    {
        var key = The.Key;
        using var owner = world.Nginx.NewClient(_owner);
        using var thief = world.Nginx.NewClient(_thief);

        using var bound = await owner.SendAsync(Request(key), Cancel);
        using var forged = await thief.SendAsync(Request(key, "127.0.0.9"), Cancel);
        using var again = await owner.SendAsync(Request(key, "127.0.0.66"), Cancel);

        Assert.Equal(HttpStatusCode.OK, bound.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task Stream_passes_piece_by_piece()
    {
        using var client = world.Nginx.NewClient(_owner);
        using var request = Chat(The.Key, "pieces-3,pause-1500ms");

        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        await using var stream = await answer.Content.ReadAsStreamAsync(Cancel);
        var first = new byte[16_384];
        var length = await stream.ReadAsync(first, Cancel);
        var rest = await new StreamReader(stream).ReadToEndAsync(Cancel);

        Assert.Contains("data:", Encoding.UTF8.GetString(first, 0, length), StringComparison.Ordinal);
        Assert.DoesNotContain("[DONE]", Encoding.UTF8.GetString(first, 0, length), StringComparison.Ordinal);
        Assert.Contains("[DONE]", rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Socket_is_passed_through()
    {
        using var client = world.Nginx.NewClient(_owner);
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {The.Key}");

        var target = new Uri($"wss://{world.Nginx.Address.Authority}/v1/realtime?model=m");
        await socket.ConnectAsync(target, client, Cancel);

        Assert.Equal(WebSocketState.Open, socket.State);
    }

    [Fact]
    public async Task Query_stands_in_no_log()
    {
        var key = The.Key;
        using var client = world.Nginx.NewClient(_owner);

        using var answer = await client.GetAsync($"/v1beta/models?key={key}&alt=logged", Cancel);

        await Eventually.Holds(() => world.Nginx.Log.Contains("/v1beta/models", StringComparison.Ordinal));
        Assert.DoesNotContain(key, world.Nginx.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("alt=", world.Nginx.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Admin_api_and_health_are_reachable()
    {
        using var client = world.Nginx.NewClient(_owner);
        var login = new LoginRequest(Support.AdminApi.Username, Support.AdminApi.Password);

        using var health = await client.GetAsync("/health", Cancel);
        using var answer = await client.PostAsJsonAsync("/admin/api/login", login, Cancel);

        Assert.Equal("""{"status":"ok"}""", await health.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Console_works_behind_nginx_with_a_secure_cookie()
    {
        var options = Look.Light.ToOptions();
        options.BaseURL = new Uri(world.Nginx.Address, "/admin/ui/").ToString();
        options.IgnoreHTTPSErrors = true;
        var browser = await chromium.GetAsync();
        await using var viewer = await Viewer.OpenAsync(await browser.NewContextAsync(options));

        await viewer.SignInAsync(Support.AdminApi.Username, Support.AdminApi.Password);

        await Expect(viewer.Page.Locator(".tile .number")).ToHaveCountAsync(4);
        var cookies = await viewer.Page.Context.CookiesAsync();
        Assert.All(cookies, cookie => Assert.True(cookie.Secure, cookie.Name));
        viewer.AssertNoComplaints();
    }

    private static HttpRequestMessage Request(string key, string? pretended = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (pretended is not null)
        {
            request.Headers.Add("X-Real-IP", pretended);
            request.Headers.Add("X-Forwarded-For", [pretended, "10.0.0.1"]);
            request.Headers.Add("Forwarded", $"for={pretended}");
            request.Headers.Add("X-Sentinel-Proxy", "a guess");
        }

        return request;
    }

    /// <summary>A question that is answered piece by piece.</summary>
    internal static HttpRequestMessage Chat(string key, string script)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = JsonContent.Create(new
            {
                model = "example",
                stream = true,
                messages = new[] { new { role = "user", content = "hi" } },
            }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Headers.Add("x-script", script);
        return request;
    }
}
