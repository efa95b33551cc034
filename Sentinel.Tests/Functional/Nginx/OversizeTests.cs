using System.Globalization;
using System.Net;
using System.Text;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Nginx;

/// <summary>What is too large or too much is refused by nginx with a clear status and reaches no app.</summary>
public sealed class OversizeTests(NginxWorld world) : IClassFixture<NginxWorld>
{
    private const long LargestBody = 512L << 20;
    private const long LargestAdminBody = 1L << 20;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/v1/files", LargestBody + 1)]
    [InlineData("/admin/api/login", LargestAdminBody + 1)]
    [InlineData("/admin/ui/login", LargestAdminBody + 1)]
    public async Task Body_that_is_announced_too_large_is_refused_unread(string path, long length)
    {
        var key = The.Key;

        var answer = await AskAsync(
            $"POST {path} HTTP/1.1", $"Authorization: Bearer {key}",
            string.Create(CultureInfo.InvariantCulture, $"Content-Length: {length}"));

        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
        Assert.Equal(0, await world.Gate.CameThroughAsync(key));
    }

    [Fact]
    public async Task Body_that_grows_too_large_is_refused()
    {
        using var client = world.Nginx.NewClient(IPAddress.Parse("127.0.0.9"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/admin/api/login")
        {
            Content = new StreamContent(new MemoryStream(new byte[2 * LargestAdminBody])),
        };
        request.Headers.TransferEncodingChunked = true;

        using var answer = await client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Theory]
    [InlineData(1, 9_000)]
    [InlineData(6, 7_000)]
    public async Task Headers_beyond_32_KB_or_one_beyond_8_KB_are_refused(int count, int length)
    {
        var key = The.Key;
        var large = Enumerable.Range(0, count)
            .Select(number => $"X-Large-{number}: {new string('a', length)}");

        var answer = await AskAsync(["GET /v1/models HTTP/1.1", $"Authorization: Bearer {key}", .. large]);

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Equal(0, await world.Gate.CameThroughAsync(key));
    }

    [Fact]
    public async Task Target_that_is_too_long_is_refused()
    {
        var answer = await AskAsync($"GET /{new string('a', 9_000)} HTTP/1.1");

        Assert.StartsWith("HTTP/1.1 414 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_with_too_many_requests_at_once_is_refused_and_no_other()
    {
        using var greedy = world.Nginx.NewClient(IPAddress.Parse("127.0.0.40"));
        using var other = world.Nginx.NewClient(IPAddress.Parse("127.0.0.41"));
        var key = The.Key;
        using var bound = await OpenAsync(greedy, key, "pieces-1");
        var all = await Task.WhenAll(Enumerable.Range(0, NginxServer.ConnectionsPerAddress + 5)
            .Select(_ => OpenAsync(greedy, key, "pieces-2,pause-600s")));
        using var welcome = await OpenAsync(other, The.Key, "pieces-1");

        Assert.InRange(
            all.Count(answer => answer.StatusCode == HttpStatusCode.OK), 1, NginxServer.ConnectionsPerAddress);
        Assert.All(
            all.Where(answer => answer.StatusCode != HttpStatusCode.OK),
            answer => Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode));
        Assert.Equal(HttpStatusCode.OK, welcome.StatusCode);
        Array.ForEach(all, answer => answer.Dispose());
    }

    private static async Task<HttpResponseMessage> OpenAsync(HttpClient client, string key, string script)
    {
        using var request = NginxTests.Chat(key, script);
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
    }

    /// <summary>Sends lines past any client's own limits, and gives what comes back first.</summary>
    private async Task<string> AskAsync(params string[] lines)
    {
        await using var tls = await world.Nginx.ConnectAsync(Cancel);
        var request = string.Join("\r\n", [.. lines, $"Host: {world.Nginx.Address.Authority}", "", ""]);
        await tls.WriteAsync(Encoding.ASCII.GetBytes(request), Cancel);
        var answer = new byte[4096];
        var length = await tls.ReadAsync(answer, Cancel);
        return Encoding.ASCII.GetString(answer, 0, length);
    }
}
