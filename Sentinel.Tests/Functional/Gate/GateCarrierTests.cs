using System.Net.Http.Json;
using System.Text.Json;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Gate;

/// <summary>A stolen key in other clothes: as it is, without its prefix, in capitals.</summary>
public sealed class GateCarrierTests(GateWorld world) : IClassFixture<GateWorld>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> Tricks => new()
    {
        // target                  headers, separated by |                                     refusal
        { "/a",                    "Authorization: <key>",                                     "address_mismatch" },
        { "/a",                    "Authorization: bearer  <key>",                             "address_mismatch" },
        { "/a",                    "Authorization: Bearer <bare>",                             "address_mismatch" },
        { "/a",                    "Authorization: Bearer <key>-7",                            "address_mismatch" },
        { "/a",                    "Authorization: Bearer <upper>",                            "address_mismatch" },
        { "/a",                    "x-api-key: <key>",                                         "address_mismatch" },
        { "/a",                    "X-API-KEY: Bearer <bare>",                                 "address_mismatch" },
        { "/a",                    "api-key: <key>",                                           "address_mismatch" },
        { "/a",                    "x-goog-api-key: <bare>-7",                                 "address_mismatch" },
        { "/a?key=<key>",          "",                                                         "address_mismatch" },
        { "/a?x=1;%6bEY=<bare>",   "",                                                         "address_mismatch" },
        { "/a?key=<key>",          "Authorization: Bearer midjourney-proxy",                   "address_mismatch" },
        { "/a?key=<key>",          "Authorization: Bearer decoy",                              "credential_conflict" },
        { "/a",                    "Authorization: Bearer decoy|x-api-key: <key>",             "credential_conflict" },
        { "/a",                    "x-api-key: decoy|x-api-key: <key>",                        "credential_invalid" },
        { "/a",                    "Authorization: Bearer <key>, decoy",                       "credential_invalid" },
        { "/a",                    "Authorization: Basic <key>",                               "credential_invalid" },
        { "/a",                    "Authorization: Bearer <key>-x",                            "credential_invalid" },
        { "/a",                    "x-litellm-api-key: <key>",                                 "credential_missing" },
        { "/a?access_token=<key>", "",                                                         "credential_missing" },
        { "/a",                    "Sec-WebSocket-Protocol: <key>",                            "credential_missing" },
        { "/a?key=<key>%ff",       "",                                                         "bad_request" },
        { "/a",                    "X_Api_Key: <key>|Authorization: Bearer decoy",             "bad_request" },
        { "/a",                    "Authorization: Bearer <key>|Connection: Authorization",    "bad_request" },
        { "/a/..%2fhealth",        "Authorization: Bearer <key>",                              "target_ambiguous" },
        { "/a",                    "Authorization: Bearer <key>|X-Forwarded-For: 203.0.113.7", "caller_unknown" },
        { "/a",                    "Authorization: Bearer <key>|X-Real-IP: 203.0.113.7",       "caller_unknown" },
    };

    [Theory]
    [MemberData(nameof(Tricks))]
    public async Task No_spelling_makes_a_stolen_key_another_one(string target, string headers, string reason)
    {
        var key = The.Key;
        _ = await world.Proxy.AskAsync(key, The.Caller);
        using var request = Request(target, headers, key, The.Stranger.ToString());

        using var refused = await world.Proxy.SendAsync(request);

        Assert.Equal(reason, Assert.Single(refused.Headers.GetValues("x-sentinel-reason")));
        Assert.Equal(1, await world.CameThroughAsync(key));
    }

    [Fact]
    public async Task Downstream_receives_nothing_but_the_key_that_was_checked()
    {
        const string headers = "Authorization: bearer   <key>|x-api-key: <upper>"
            + "|x-litellm-api-key: decoy|mj-api-secret: decoy"
            + """|x-portkey-config: {"api_key":"decoy"}|Sec-WebSocket-Protocol: decoy|X-HTTP-Method-Override: DELETE""";
        var key = The.Key;
        using var request = Request("/a?x=1&KEY=<key>&access_token=decoy", headers, key, The.Caller.ToString());

        using var answer = await world.Proxy.SendAsync(request);

        var received = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        Assert.Equal("/a?x=1&key=" + key, received.GetProperty("target").GetString());
        Assert.Equal("Bearer " + key, received.GetProperty("headers").GetProperty("Authorization")[0].GetString());
        Assert.Equal(key, received.GetProperty("headers").GetProperty("x-api-key")[0].GetString());
        Assert.DoesNotContain("decoy", received.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("DELETE", received.GetRawText(), StringComparison.Ordinal);
    }

    private static HttpRequestMessage Request(string target, string headers, string key, string caller)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Dress(target, key));
        request.Headers.Add("X-Real-IP", caller);
        foreach (var header in headers.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = (header.Split(": ")[0], header.Split(": ")[1]);
            Assert.True(request.Headers.TryAddWithoutValidation(name, Dress(value, key)));
        }

        return request;
    }

    private static string Dress(string text, string key) =>
        text.Replace("<key>", key, StringComparison.Ordinal)
            .Replace("<bare>", key[3..], StringComparison.Ordinal)
            .Replace("<upper>", key.ToUpperInvariant(), StringComparison.Ordinal);
}
