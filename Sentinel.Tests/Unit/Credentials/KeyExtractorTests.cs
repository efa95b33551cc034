using System.Net;
using Microsoft.AspNetCore.Http;
using Sentinel.Core.Callers;
using Sentinel.Core.Credentials;
using Sentinel.Proxy.Credentials;
using Sentinel.ServiceDefaults.Callers;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Unit.Credentials;

public sealed class KeyExtractorTests
{
    private const string Key = "sk-proj-abcdefghijklmnop";

    /// <summary>Whoever looks for all of them misses none.</summary>
    private const Carriers All = (Carriers)(-1);

    private static readonly KeyExtractor _extractor = new(Presented.Fingerprinter, Presented.SubProtocols);
    private static readonly CarrierRewriter _rewriter = new(Presented.SubProtocols);

    [Fact]
    public void Only_what_was_checked_goes_downstream()
    {
        var request = Request("?a=1&KEY=" + Key + "&access_token=other");
        request.Headers.Authorization = "bearer  " + Key;
        request.Headers["x-litellm-api-key"] = "other";
        request.Headers["mj-api-secret"] = "other";
        request.Headers["x-portkey-config"] = """{"api_key":"other"}""";
        request.Headers.SecWebSocketProtocol = new(["realtime", "openai-insecure-api-key." + Key.ToUpperInvariant()]);

        Assert.True(_extractor.TryExtract(request.HttpContext, Profiles.Generic, All, out var credential, out _));
        _rewriter.Rewrite(request, All, credential);

        Assert.Equal("Bearer " + Key, request.Headers.Authorization);
        Assert.Equal("realtime, openai-insecure-api-key." + Key, request.Headers.SecWebSocketProtocol);
        Assert.Equal("?a=1&key=" + Key, request.QueryString.Value);
        Assert.Equal(2, request.Headers.Count);
    }

    [Fact]
    public void Without_a_credential_no_carrier_goes_downstream()
    {
        var request = Request("?key=x");
        request.Headers.Authorization = "Bearer " + Key;
        request.Headers.SecWebSocketProtocol = Key;
        _rewriter.Rewrite(request, All, credential: null);
        Assert.Empty(request.Headers);
        Assert.Equal("", request.QueryString.Value);
    }

    [Theory]
    [InlineData("", null, "credential_missing")]
    [InlineData("", "Bearer a b", "credential_invalid")]
    [InlineData("?key=other", "Bearer " + Key, "credential_conflict")]
    [InlineData("?%zz=1", "Bearer " + Key, "bad_request")]
    public void What_is_no_single_key_is_refused(string query, string? authorization, string reason)
    {
        var request = Request(query);
        request.Headers.Authorization = authorization;
        Assert.False(_extractor.TryExtract(request.HttpContext, Profiles.Generic, All, out _, out var refused));
        Assert.Equal(reason, refused.Code);
    }

    [Theory]
    [InlineData("OPTIONS", "https://a.example", "POST", "?a=1", Carriers.None, true)]
    [InlineData("OPTIONS", "https://a.example", null, "", Carriers.None, false)]
    [InlineData("OPTIONS", null, "POST", "", Carriers.None, false)]
    [InlineData("GET", "https://a.example", "POST", "", Carriers.None, false)]
    [InlineData("OPTIONS", "https://a.example", "POST", "", Carriers.LitellmApiKey, false)]
    [InlineData("OPTIONS", "https://a.example", "POST", "?a=1&Api%5Fkey=x", Carriers.None, false)]
    public void A_preflight_is_known_by_its_headers_and_shows_no_carrier(
        string method, string? origin, string? asked, string query, Carriers present, bool isPreflight)
    {
        var request = Request(query);
        request.Method = method;
        request.Headers.Origin = origin;
        request.Headers.AccessControlRequestMethod = asked;
        Assert.Equal(isPreflight, CorsPreflight.Is(request, present));
    }

    [Fact]
    public void Caller_credential_and_fingerprint_of_a_plain_bearer_cost_at_most_200_bytes()
    {
        var request = Request("");
        request.HttpContext.Connection.RemoteIpAddress = IPAddress.Parse("10.0.0.1");
        request.Headers["X-Real-IP"] = "203.0.113.7";
        request.Headers["X-Forwarded-For"] = "198.51.100.9, 203.0.113.7";
        request.Headers.Authorization = "Bearer " + Key;
        var rules = new CallerRules([The.Network("10.0.0.0/8")]);
        var callers = new ClientAddressResolver(() => rules);
        PassGate();
        var before = GC.GetAllocatedBytesForCurrentThread();
        PassGate();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200);

        void PassGate()
        {
            Assert.True(callers.Resolve(request.HttpContext).IsKnown);
            Assert.True(_extractor.TryExtract(request.HttpContext, Profiles.Generic, All, out var credential, out _));
            _rewriter.Rewrite(request, All, credential);
        }
    }

    private static HttpRequest Request(string query)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = "POST";
        context.Request.QueryString = new QueryString(query);
        return context.Request;
    }
}
