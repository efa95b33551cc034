using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Example;

public sealed class ExampleEchoTests(ExampleService example) : IClassFixture<ExampleService>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_says_exactly_what_it_received()
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, "/files/%2f/b?x=%2F&y")
        {
            Headers = { { "x-one", ["a", "b"] } },
            Content = new ByteArrayContent("abc"u8.ToArray()),
        };

        var answer = await example.Client.SendAsync(request, Cancelled);
        var said = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled);

        Assert.Equal("PATCH", said.GetProperty("method").GetString());
        Assert.Equal("/files/%2f/b?x=%2F&y", said.GetProperty("target").GetString());
        Assert.Equal("a, b", said.GetProperty("headers").GetProperty("x-one")[0].GetString());
        Assert.Equal(3, said.GetProperty("body").GetProperty("bytes").GetInt32());
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData("abc"u8)),
            said.GetProperty("body").GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task A_large_upload_is_counted()
    {
        const int Size = 100 * 1024 * 1024;
        using var upload = new ByteArrayContent(new byte[Size]);

        var answer = await example.Client.PostAsync("/upload", upload, Cancelled);
        var said = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled);

        Assert.Equal(Size, said.GetProperty("body").GetProperty("bytes").GetInt64());
    }

    [Fact]
    public async Task Trailers_tell_of_the_body_over_http2()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(example.H2cAddress, "/trailers"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent("abc"u8.ToArray()),
        };

        var answer = await example.Client.SendAsync(request, Cancelled);

        Assert.Equal("The trailers tell.", await answer.Content.ReadAsStringAsync(Cancelled));
        Assert.Equal("3", answer.TrailingHeaders.GetValues("x-body-bytes").Single());
    }

    [Fact]
    public async Task The_answer_for_measuring_has_200_bytes()
    {
        var answer = await example.Client.GetByteArrayAsync("/bench", Cancelled);

        Assert.Equal(200, answer.Length);
    }

    [Fact]
    public async Task It_remembers_which_key_came_from_where()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models?api_key=seen-too")
        {
            Headers =
            {
                Authorization = new AuthenticationHeaderValue("Bearer", "seen-key"),
            },
        };
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");

        await example.Client.SendAsync(request, Cancelled);
        var seen = Assert.Single(await example.SeenAsync("seen-key", Cancelled));

        Assert.Equal("/v1/models?api_key=seen-too", seen.GetProperty("target").GetString());
        Assert.Equal("203.0.113.7", seen.GetProperty("callers").GetProperty("X-Forwarded-For").GetString());
        Assert.Equal(
            [("Authorization", "seen-key"), ("?api_key", "seen-too")],
            seen.GetProperty("keys").EnumerateArray()
                .Select(key => (key.GetProperty("carrier").GetString(), key.GetProperty("key").GetString())));
        Assert.Empty(await example.SeenAsync("another-key", Cancelled));
    }
}
