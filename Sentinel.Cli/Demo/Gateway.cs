using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Sentinel.Cli.Demo;

/// <summary>A client of the proxy that can be in any network: it calls from loopback, which the stack trusts.</summary>
internal sealed class Gateway(Uri proxy) : IDisposable
{
    private readonly HttpClient _client = new() { BaseAddress = proxy, Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Asks the model something. The answer's body is read by the caller, as it comes.</summary>
    public async Task<HttpResponseMessage> AskAsync(
        string key, IPAddress caller, bool stream, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
            Content = JsonContent.Create(new
            {
                model = stream ? "pause-80ms" : "example",
                stream,
                messages = new[] { new { role = "user", content = "Hello?" } },
            }),
        };
        request.Headers.Add("X-Real-IP", caller.ToString());
        try
        {
            return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException)
        {
            throw new VerbException(
                $"Nothing answers at {proxy}. Bring the stack up with './sentinel up --detach'.",
                ExitCode.NotPossibleNow);
        }
    }

    /// <summary>The message of a refusal.</summary>
    public static async Task<string> RefusalAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return body.GetProperty("error").GetProperty("message").GetString() ?? "";
    }

    public void Dispose() => _client.Dispose();
}
