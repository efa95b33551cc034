using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sentinel.Proxy.Forwarding;

namespace Sentinel.Tests.Functional.Gate;

/// <summary>What Kestrel lets through, byte for byte, and what is made of it.</summary>
public sealed class RequestHygieneTests : IAsyncLifetime
{
    private readonly WebApplication _app = CreateApp();

    public static TheoryData<string, string> Requests => new()
    {
        // request and headers, separated by |            answer: status, reason or the sub-protocol that was seen
        { "GET /x", "200 " },
        { "GET /x|Accept: a\nX-Real-IP: 1.2.3.4", "400 " },
        { "TRACE /x", "405 bad_request" },
        { "CONNECT a:80", "405 bad_request" },
        { "GET /x|X_Api_Key: k", "400 bad_request" },
        { "GET /x|Connection: X-Api-Key|X-Api-Key: k", "400 bad_request" },
        { "GET /x|Connection: close, X-Api-Key|X-Api-Key: k", "400 bad_request" },
        { "GET /x|Connection: X-Api-Key, close|X-Api-Key: k", "400 bad_request" },
        { "GET /x|Connection: keep-alive, X_Real_IP", "400 bad_request" },
        { "GET /x|Connection: keep-alive|Connection: X-Api-Key|X-Api-Key: k", "400 bad_request" },
        { "GET /x|Connection: Upgrade, Authorization|Upgrade: websocket", "400 bad_request" },
        { "GET /x|Connection: close, TE", "200 " },
        { "GET /x|Connection: keep-alive, Upgrade|Upgrade: websocket|Sec-WebSocket-Protocol: k", "200 protocol=k" },
        { "GET /x|Accept: a\u0001b", "400 bad_request" },
        { "GET /x?a=\u0001b", "400 bad_request" },
        { "GET /x?a=\u007f", "400 bad_request" },
        { "POST /x|Content-Length: 3|Transfer-Encoding: chunked", "400 bad_request" },
        { "GET /x/%252e%252e/health", "400 target_ambiguous" },
        { "GET /x/..%2fhealth", "400 target_ambiguous" },
        { "GET /x%5c..%5chealth", "400 target_ambiguous" },
        { "GET /%2568ealth", "400 target_ambiguous" },
        { "GET /x%0d%0a", "400 bad_request" },
        { "GET /models/meta%2Fllama", "200 " },
        { "GET //ws/google.ai", "200 " },
        { "GET /x|Sec-WebSocket-Protocol: k", "200 " },
        { "POST /x|Connection: Upgrade|Upgrade: websocket|Sec-WebSocket-Protocol: k", "200 " },
        { "GET /x|Connection: Upgrade|Upgrade: h2c|Sec-WebSocket-Protocol: k", "200 " },
        { "GET /x|Connection: Upgrade|Upgrade: WebSocket|Sec-WebSocket-Protocol: k", "200 protocol=k" },
    };

    public async ValueTask InitializeAsync() => await _app.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task A_request_that_downstream_could_read_differently_is_refused(string request, string answer)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var client = new TcpClient("127.0.0.1", new Uri(_app.Urls.Single()).Port);
        var stream = client.GetStream();
        await stream.WriteAsync(ToBytes(request.Split('|')), cancellation);
        using var reader = new StreamReader(stream);
        var status = await reader.ReadLineAsync(cancellation);
        var said = "";
        while (await reader.ReadLineAsync(cancellation) is { Length: > 0 } line)
        {
            var isAnswer = line.StartsWith("x-sentinel-reason: ", StringComparison.Ordinal)
                || line.StartsWith("x-seen: ", StringComparison.Ordinal);
            said = isAnswer ? line.Split(' ')[1] : said;
        }

        Assert.Equal(answer, $"{status?.Split(' ')[1]} {said}");
    }

    private static byte[] ToBytes(string[] lines) =>
        Encoding.Latin1.GetBytes(string.Join("\r\n", [lines[0] + " HTTP/1.1", "Host: a:80", .. lines[1..], "", ""]));

    private static WebApplication CreateApp()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.AddRequestHygiene();
        builder.AddDenials();
        var app = builder.Build();
        app.Run(context =>
        {
            var (inspector, denials) = (Get<RequestInspector>(context), Get<DenialWriter>(context));
            var problem = inspector.FindProblem(context.Request, out _);
            var seen = context.Request.Headers.Where(header => header.Key == "Sec-WebSocket-Protocol");
            context.Response.Headers["x-seen"] = string.Concat(seen.Select(header => $"protocol={header.Value}"));
            return problem is null ? Task.CompletedTask : denials.WriteAsync(context, problem);
        });
        return app;
    }

    private static T Get<T>(HttpContext context)
        where T : notnull => context.RequestServices.GetRequiredService<T>();
}
