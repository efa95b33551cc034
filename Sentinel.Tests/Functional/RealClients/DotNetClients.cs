using System.ClientModel;
using System.ClientModel.Primitives;
using System.Diagnostics;
using Anthropic;
using Anthropic.Exceptions;
using Anthropic.Models.Messages;
using OpenAI;
using OpenAI.Chat;

namespace Sentinel.Tests.Functional.RealClients;

/// <summary>The clients from NuGet.</summary>
internal static class DotNetClients
{
    private const string Script = "pieces-3+pause-800ms";

    /// <summary>Runs one call of a client and reports what its user would see.</summary>
    public static async Task<ClientReport> CallAsync(
        string client, string call, Uri address, string key, CancellationToken cancellationToken)
    {
        using var attempts = new Attempts();
        using var http = new HttpClient(attempts);
        var pieces = new List<ClientPiece>();
        var watch = Stopwatch.StartNew();
        try
        {
            await foreach (var text in Call(client, call)(http, address, key).WithCancellation(cancellationToken))
            {
                pieces.Add(new ClientPiece(text, watch.ElapsedMilliseconds));
            }
        }
        catch (ClientResultException error)
        {
            return new ClientReport(pieces, attempts.Count, new ClientError(error.Status, error.Message));
        }
        catch (AnthropicApiException error)
        {
            return new ClientReport(pieces, attempts.Count, new ClientError((int)error.StatusCode, error.Message));
        }

        return new ClientReport(pieces, attempts.Count, null);
    }

    private static Func<HttpClient, Uri, string, IAsyncEnumerable<string>> Call(string client, string call) =>
        (client, call) switch
        {
            ("OpenAI", "chat") => OpenAIChatAsync,
            ("OpenAI", "stream") => OpenAIStreamAsync,
            ("Anthropic", "chat") => AnthropicChatAsync,
            ("Anthropic", "stream") => AnthropicStreamAsync,
            _ => throw new ArgumentOutOfRangeException(nameof(call), $"{client} {call}"),
        };

    private static async IAsyncEnumerable<string> OpenAIChatAsync(HttpClient http, Uri address, string key)
    {
        var answer = await OpenAIOf(http, address, key, "example").CompleteChatAsync("Hello?");
        yield return answer.Value.Content[0].Text;
    }

    private static async IAsyncEnumerable<string> OpenAIStreamAsync(HttpClient http, Uri address, string key)
    {
        await foreach (var update in OpenAIOf(http, address, key, Script).CompleteChatStreamingAsync("Hello?"))
        {
            foreach (var part in update.ContentUpdate.Where(part => part.Text is { Length: > 0 }))
            {
                yield return part.Text;
            }
        }
    }

    private static async IAsyncEnumerable<string> AnthropicChatAsync(HttpClient http, Uri address, string key)
    {
        using var client = AnthropicOf(http, address, key);
        var answer = await client.Messages.Create(Message("example"));
        yield return answer.Content[0].TryPickText(out var text) ? text.Text : "";
    }

    private static async IAsyncEnumerable<string> AnthropicStreamAsync(HttpClient http, Uri address, string key)
    {
        using var client = AnthropicOf(http, address, key);
        await foreach (var happened in client.Messages.CreateStreaming(Message(Script)))
        {
            if (happened.TryPickContentBlockDelta(out var delta) && delta.Delta.TryPickText(out var text))
            {
                yield return text.Text;
            }
        }
    }

    private static ChatClient OpenAIOf(HttpClient http, Uri address, string key, string model)
    {
        var options = new OpenAIClientOptions
        {
            Endpoint = new Uri(address, "v1"),
            Transport = new HttpClientPipelineTransport(http),
        };
        return new ChatClient(model, new ApiKeyCredential(key), options);
    }

    private static AnthropicClient AnthropicOf(HttpClient http, Uri address, string key) =>
        new() { HttpClient = http, BaseUrl = address.ToString(), ApiKey = key };

    private static MessageCreateParams Message(string model) =>
        new() { Model = model, MaxTokens = 64, Messages = [new UserMessageParam("Hello?")] };

    /// <summary>Counts the requests that a client makes.</summary>
    private sealed class Attempts() : DelegatingHandler(new SocketsHttpHandler())
    {
        public int Count { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Count++;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
