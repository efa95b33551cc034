using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Sentinel.Core.Credentials;
using Sentinel.Proxy.Credentials;

namespace Sentinel.Tests.Unit.Credentials;

/// <summary>A connection may only be remembered by the very text that it keeps itself.</summary>
public sealed class LastCredentialTests
{
    private const string Shown = "Bearer sk-proj-abcdefghijklmnop";

    private static readonly KeyExtractor _extractor = new(Presented.Fingerprinter, Presented.SubProtocols);

    private readonly Connection _connection = new();

    [Fact]
    public void The_same_text_is_read_once_on_a_connection()
    {
        var first = Extract(Shown);
        Assert.Same(first, Extract(Shown));
    }

    [Fact]
    public void Equal_text_of_another_request_is_read_anew() =>
        Assert.NotSame(Extract(Shown), Extract(new string(Shown)));

    [Fact]
    public void Another_key_on_the_connection_is_another_credential()
    {
        var first = Extract(Shown);
        var other = Extract("Bearer sk-proj-qrstuvwxyz");
        Assert.NotEqual(first.Fingerprint, other.Fingerprint);
        Assert.Equal(first.Fingerprint, Extract(Shown).Fingerprint);
    }

    [Fact]
    public void Another_route_reads_the_same_text_in_its_own_way()
    {
        var key = $"Bearer sk-{new string('a', 44)}-123";
        var whole = Extract(key, Presented.Profile("openai"));
        Assert.NotEqual(whole.Fingerprint, Extract(key, Presented.Profile("new-api")).Fingerprint);
    }

    [Theory]
    [InlineData("HTTP/2", "", Carriers.Authorization)]
    [InlineData("HTTP/1.1", "?key=sk-proj-abcdefghijklmnop", Carriers.Authorization)]
    [InlineData("HTTP/1.1", "", Carriers.Authorization | Carriers.XApiKey)]
    public void Where_more_than_one_text_decides_nothing_is_remembered(
        string protocol, string query, Carriers present)
    {
        _ = Extract(Shown);
        var request = Request(Shown);
        request.Protocol = protocol;
        request.QueryString = new QueryString(query);
        request.Headers["x-api-key"] = present == Carriers.Authorization ? default : "sk-proj-abcdefghijklmnop";

        Assert.NotSame(Extract(Shown), Extract(request, present, Profiles.Generic));
    }

    [Fact]
    public void What_is_no_key_is_not_remembered()
    {
        const string Basic = "Basic dXNlcjpwYXNz";
        Assert.False(_extractor.TryExtract(
            Request(Basic).HttpContext, Profiles.Generic, Carriers.Authorization, out _, out _));
        Assert.False(_extractor.TryExtract(
            Request(Basic).HttpContext, Profiles.Generic, Carriers.Authorization, out _, out var reason));
        Assert.Equal("credential_invalid", reason.Code);
    }

    private Credential Extract(string authorization, Profile? profile = null) =>
        Extract(Request(authorization), Carriers.Authorization, profile ?? Profiles.Generic);

    private static Credential Extract(HttpRequest request, Carriers present, Profile profile)
    {
        Assert.True(_extractor.TryExtract(request.HttpContext, profile, present, out var credential, out _));
        return credential;
    }

    private HttpRequest Request(string authorization)
    {
        var context = new DefaultHttpContext();
        context.Features.Set<IConnectionItemsFeature>(_connection);
        context.Request.Protocol = HttpProtocol.Http11;
        context.Request.Headers.Authorization = authorization;
        return context.Request;
    }

    private sealed class Connection : IConnectionItemsFeature
    {
        public IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();
    }
}
