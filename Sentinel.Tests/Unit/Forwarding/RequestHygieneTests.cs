using Sentinel.Core.Forwarding;

namespace Sentinel.Tests.Unit.Forwarding;

public sealed class RequestHygieneTests
{
    public static TheoryData<string, string?> Headers => new()
    {
        // headers, separated by |                             refusal
        { "Authorization: Bearer k|Accept: */*",               null },
        { "Connection: keep-alive, Upgrade",                   null },
        { "Connection: Authorization",                         "bad_request" },
        { "Connection: close, X-Api-Key",                      "bad_request" },
        { "Connection: x_real_ip",                             "bad_request" },
        { "Connection: x-forwarded-for",                       "bad_request" },
        { "Trailer: Expires",                                  null },
        { "Trailer: Expires, authorization",                   "bad_request" },
        { "X_Api_Key: k",                                      "bad_request" },
        { "x-api_key: k",                                      "bad_request" },
        { "api_key: k",                                        "bad_request" },
        { "X_Real_IP: 203.0.113.7",                            "bad_request" },
        { "X_Forwarded_Proto: https",                          "bad_request" },
        { "X-Sentinel_Proxy: s",                               "bad_request" },
        { "X_HTTP_Method_Override: PUT",                       "bad_request" },
        { "my_header: fine",                                   null },
        { "Accept: a\tb",                                      null },
        { "Accept: a\u0001b",                                  "bad_request" },
        { "Accept: a\u007fb",                                  "bad_request" },
        { "Content-Length: 3",                                 null },
        { "Transfer-Encoding: chunked",                        null },
        { "X-Content-Length: 3",                               null },
        { "Transfer-Encoding: chunked|X-Content-Length: 3",    "bad_request" },
        { "Content-Length: 3|Transfer-Encoding: chunked",      "bad_request" },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public void Headers_that_two_servers_could_read_differently_are_refused(string headers, string? reason)
    {
        var hygiene = default(RequestHygiene);
        foreach (var header in headers.Split('|'))
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            hygiene.Add(header[..colon], header[(colon + 2)..]);
        }

        Assert.Equal(reason, hygiene.Conclude()?.Code);
    }

    [Theory]
    [InlineData("GET", false, null)]
    [InlineData("POST", false, null)]
    [InlineData("OPTIONS", false, null)]
    [InlineData("get", false, 405)]
    [InlineData("TRACE", false, 405)]
    [InlineData("CONNECT", false, 405)]
    [InlineData("CONNECT", true, null)]
    [InlineData("PROPFIND", false, 405)]
    [InlineData("", false, 405)]
    public void Only_known_methods_pass(string method, bool isWebSocket, int? status) =>
        Assert.Equal(status, RequestHygiene.CheckMethod(method, isWebSocket)?.Status);

    [Theory]
    [InlineData("/v1/models/gpt-4.1", false)]
    [InlineData("/v1/models/meta%2Fllama", false)]
    [InlineData("//ws/google.ai.generativelanguage", false)]
    [InlineData("/.well-known/x", false)]
    [InlineData("/v1/100%", false)]
    [InlineData("/v1/...", false)]
    [InlineData("", false)]
    [InlineData("/v1/..%2fhealth", true)]
    [InlineData("/v1/%2e%2e/health", true)]
    [InlineData("/v1/..;a/health", true)]
    [InlineData("/v1/.", true)]
    [InlineData("/v1\\health", true)]
    [InlineData("/v1%5c..%5chealth", true)]
    [InlineData("/%68ealth", true)]
    [InlineData("/health%2Fready", true)]
    public void A_path_whose_route_changes_after_one_more_decoding_is_ambiguous(string path, bool isAmbiguous) =>
        Assert.Equal(
            isAmbiguous,
            RequestTarget.IsAmbiguous(path, route => route is "/health" or "/health/ready" ? route : "downstream"));
}
