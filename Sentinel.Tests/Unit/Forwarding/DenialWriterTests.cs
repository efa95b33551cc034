using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Sentinel.Core.Decisions;
using Sentinel.Proxy.Forwarding;

namespace Sentinel.Tests.Unit.Forwarding;

public sealed class DenialWriterTests
{
    public static TheoryData<string, string, string> Requests => new()
    {
        // path                                            carrier                   dialect
        { "/v1/messages",                                  "Authorization",          "Anthropic" },
        { "/v1/messages/batches",                          "Authorization",          "Anthropic" },
        { "/v1/chat/completions",                          "x-api-key",              "OpenAI" },
        { "/v1/messagesx",                                 "Authorization",          "OpenAI" },
        { "/v1",                                           "Authorization",          "OpenAI" },
        { "/openai/deployments/m/chat/completions",        "api-key",                "OpenAI" },
        { "/v1beta/models/m:generateContent",              "Authorization",          "Gemini" },
        { "//ws/google.ai.generativelanguage.v1beta.X",    "Authorization",          "Gemini" },
        { "/v1/models/gemini-pro:generateContent",         "Authorization",          "Gemini" },
        { "/v1/models/gemini-pro:streamGenerateContent",   "x-api-key",              "Gemini" },
        { "/v1/projects/p/models/m:countTokens",           "Authorization",          "Gemini" },
        { "/v1/models/ft:gpt-4o:me::id",                   "Authorization",          "OpenAI" },
        { "/v1x",                                          "Authorization",          "Problem" },
        { "/",                                             "x-api-key",              "Anthropic" },
        { "/",                                             "x-goog-api-key",         "Gemini" },
        { "/",                                             "api-key",                "OpenAI" },
        { "/",                                             "Sec-WebSocket-Protocol", "OpenAI" },
        { "/api/chat",                                     "Authorization",          "Problem" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public void The_path_and_then_the_carrier_say_the_dialect(string path, string carrier, string dialect)
    {
        var context = Request(path);
        context.Request.Headers[carrier] = "k";
        Assert.Equal(dialect, DenialDialects.Of(context.Request).ToString());
    }

    [Theory]
    [InlineData("/", "?key=k", "Gemini")]
    [InlineData("/v1/models", "?key=k", "OpenAI")]
    [InlineData("/", "?keys=k", "Problem")]
    public void A_key_in_the_query_says_it_too(string path, string query, string dialect)
    {
        var context = Request(path);
        context.Request.QueryString = new QueryString(query);
        Assert.Equal(dialect, DenialDialects.Of(context.Request).ToString());
    }

    [Theory]
    [InlineData("/v1/x", """{"error":{"message":"M","type":"permission_error","code":"banned","param":null}}""")]
    [InlineData("/v1/messages", """{"type":"error","error":{"type":"permission_error","message":"M"}}""")]
    [InlineData("/v1beta/x", """{"error":{"code":403,"message":"M","status":"PERMISSION_DENIED"}}""")]
    [InlineData("/", """{"type":"about:blank","title":"banned","status":403,"detail":"M"}""")]
    public async Task A_refusal_has_the_shape_that_the_client_reads(string path, string body)
    {
        var context = Request(path);
        await Writer().WriteAsync(context, DenyReason.Banned with { Message = "M" });
        Assert.Equal(body, Body(context));
        Assert.Equal(path == "/" ? "application/problem+json" : "application/json", context.Response.ContentType);
    }

    [Theory]
    [InlineData(400, true)]
    [InlineData(401, true)]
    [InlineData(403, true)]
    [InlineData(405, false)]
    [InlineData(409, false)]
    [InlineData(429, false)]
    [InlineData(503, false)]
    public async Task Only_what_no_retry_can_mend_tells_clients_not_to_retry(int status, bool saysNo)
    {
        var context = Request("/v1/models");
        await Writer().WriteAsync(context, DenyReason.BadRequest with { Status = status });
        Assert.Equal(saysNo ? "false" : "", context.Response.Headers["x-should-retry"].ToString());
    }

    [Fact]
    public async Task A_refusal_carries_its_reason_and_is_never_cached()
    {
        var context = Request("/v1/models");
        context.Response.Headers["x-from-downstream"] = "1";
        await Writer().WriteAsync(context, DenyReason.ClaimPending, retryAfterSeconds: 2);
        var headers = context.Response.Headers;
        Assert.Equal(409, context.Response.StatusCode);
        Assert.Equal("claim_pending", headers["x-sentinel-reason"]);
        Assert.Equal(context.TraceIdentifier, headers["x-request-id"]);
        Assert.Equal("no-store", headers.CacheControl);
        Assert.Equal("2", headers.RetryAfter);
        Assert.False(headers.ContainsKey("x-from-downstream"));
        Assert.False(headers.ContainsKey("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("*", "https://a.example", "*")]
    [InlineData("https://a.example, https://b.example", "https://b.example", "https://b.example")]
    [InlineData("https://a.example", "https://evil.example", "")]
    [InlineData("https://a.example", null, "")]
    public async Task A_page_of_a_chosen_origin_may_read_the_refusal(string origins, string? origin, string allowed)
    {
        var context = Request("/v1/models");
        context.Request.Headers.Origin = origin;
        await Writer(origins).WriteAsync(context, DenyReason.CredentialMissing);
        Assert.Equal(allowed, context.Response.Headers.AccessControlAllowOrigin.ToString());
        Assert.Equal("Origin", context.Response.Headers.Vary);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("*", true)]
    [InlineData("https://a.example:8443,http://localhost:3000", true)]
    [InlineData("https://a.example/", false)]
    [InlineData("a.example", false)]
    public void Origins_are_checked_at_start(string origins, bool isValid) =>
        Assert.Equal(isValid, DenialCors.IsValid(origins));

    [Fact]
    public async Task Every_reason_is_valid_JSON_in_every_dialect()
    {
        var reasons = typeof(DenyReason).GetFields().Select(field => (DenyReason)field.GetValue(null)!);
        foreach (var reason in reasons)
        {
            foreach (var path in (string[])["/", "/v1/models", "/v1/messages", "/v1beta/x"])
            {
                var context = Request(path);
                await Writer().WriteAsync(context, reason);
                using var json = JsonDocument.Parse(Body(context));
                Assert.Equal(context.Response.Body.Length, context.Response.ContentLength);
            }
        }
    }

    private static DenialWriter Writer(string origins = "") =>
        new(Options.Create(new DenialOptions { CorsOrigins = origins }));

    private static DefaultHttpContext Request(string path)
    {
        var context = new DefaultHttpContext { TraceIdentifier = "request-1" };
        context.Request.Path = path;
        context.Request.Method = "POST";
        context.Response.Body = new MemoryStream();
        return context;
    }

    private static string Body(DefaultHttpContext context) =>
        Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray());
}
