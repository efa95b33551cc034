using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Example;

public sealed class ExampleStreamTests(ExampleService example) : IClassFixture<ExampleService>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/v1/chat/completions", "message", "chat.completion.chunk")]
    [InlineData("/v1/responses", "response.created", "response.created")]
    [InlineData("/v1/messages", "message_start", "message_start")]
    [InlineData("/v1beta/models/gemini:streamGenerateContent?alt=sse", "message", "candidates")]
    public async Task The_first_piece_arrives_long_before_the_last(string target, string name, string content)
    {
        await using var stream = await StreamAsync(target, "pause-3600s");
        await using var events = Events(stream);

        Assert.True(await events.MoveNextAsync());
        Assert.Equal(name, events.Current.EventType);
        Assert.Contains(content, events.Current.Data, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/chat/completions", 23, "[DONE]")]
    [InlineData("/v1/messages", 25, "message_stop")]
    [InlineData("/v1beta/models/gemini:streamGenerateContent?alt=sse", 20, "STOP")]
    public async Task A_stream_has_as_many_pieces_as_its_script_says(string target, int count, string last)
    {
        await using var stream = await StreamAsync(target, "pieces-20");
        await using var events = Events(stream);
        var received = new List<string>();
        while (await events.MoveNextAsync())
        {
            received.Add(events.Current.Data);
        }

        Assert.Equal(count, received.Count);
        Assert.Contains(last, received[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_stream_ends_in_the_middle()
    {
        await using var stream = await StreamAsync("/v1/chat/completions", "break");
        await using var events = Events(stream);

        Assert.True(await events.MoveNextAsync());
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            while (await events.MoveNextAsync())
            {
            }
        });
    }

    [Fact]
    public async Task A_web_socket_gets_its_frames_back()
    {
        using var socket = await ConnectAsync("/ws/echo");

        await socket.SendAsync("one"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, Cancelled);
        Assert.Equal("one", await ReceiveAsync(socket));
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "done", Cancelled);
        Assert.Equal("done", socket.CloseStatusDescription);
    }

    [Fact]
    public async Task Realtime_answers_word_by_word()
    {
        using var socket = await ConnectAsync("/v1/realtime?model=pieces-2", "realtime", "openai-insecure-api-key.k");

        Assert.Equal("realtime", socket.SubProtocol);
        Assert.Equal("session.created", await TypeAsync(socket));
        await SendAsync(socket, new { type = "response.create" });
        Assert.Equal("response.created", await TypeAsync(socket));
        Assert.Equal("response.output_text.delta", await TypeAsync(socket));
        Assert.Equal("response.output_text.delta", await TypeAsync(socket));
        Assert.Equal("response.done", await TypeAsync(socket));
    }

    [Fact]
    public async Task Gemini_live_answers_behind_two_slashes()
    {
        const string Path = "//ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent?key=k";
        using var socket = await ConnectAsync(Path);

        await SendAsync(socket, new { setup = new { model = "models/pieces-1" } });
        Assert.Equal("""{"setupComplete":{}}""", await ReceiveAsync(socket));
        await SendAsync(socket, new { clientContent = new { turnComplete = true } });
        Assert.Contains("Hello", await ReceiveAsync(socket), StringComparison.Ordinal);
        Assert.Equal("""{"serverContent":{"turnComplete":true}}""", await ReceiveAsync(socket));
    }

    private static IAsyncEnumerator<SseItem<string>> Events(Stream stream) =>
        SseParser.Create(stream).EnumerateAsync(Cancelled).GetAsyncEnumerator(Cancelled);

    private static async Task<string> TypeAsync(ClientWebSocket socket) =>
        JsonDocument.Parse(await ReceiveAsync(socket)).RootElement.GetProperty("type").GetString()!;

    private static async Task<string> ReceiveAsync(ClientWebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        var received = await socket.ReceiveAsync(buffer, Cancelled);
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }

    private static Task SendAsync(ClientWebSocket socket, object message) => socket.SendAsync(
        JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, endOfMessage: true, Cancelled);

    private async Task<Stream> StreamAsync(string target, string model)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, target)
        {
            Headers = { { "x-script", model } },
            Content = JsonContent.Create(new { model, stream = true }),
        };
        var answer = await example.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        return await answer.Content.ReadAsStreamAsync(Cancelled);
    }

    private async Task<ClientWebSocket> ConnectAsync(string target, params string[] protocols)
    {
        var socket = new ClientWebSocket();
        Array.ForEach(protocols, socket.Options.AddSubProtocol);
        await socket.ConnectAsync(new Uri($"ws://{example.Address.Authority}{target}"), Cancelled);
        return socket;
    }
}
