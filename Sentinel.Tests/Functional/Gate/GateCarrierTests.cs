using System.Net.Http.Json;
using System.Text.Json;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Gate;

/// <summary>What of a request's carriers reaches downstream.</summary>
public sealed class GateCarrierTests(GateWorld world) : IClassFixture<GateWorld>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

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
