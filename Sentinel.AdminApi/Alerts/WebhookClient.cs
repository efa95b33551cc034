using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Sentinel.Core.Alerts;
using Sentinel.Core.Callers;
using Sentinel.ServiceDefaults.Callers;
using Sentinel.ServiceDefaults.Settings;

namespace Sentinel.AdminApi.Alerts;

/// <summary>
/// Posts to the webhook and to nothing else: the address that is really connected to is checked, so that no name
/// leads inside; redirects and proxies are not followed; neither time nor answer is unbounded.
/// </summary>
internal sealed class WebhookClient : IDisposable
{
    private const int LongestAnswer = 4096;

    private readonly HttpClient _client;
    private readonly TargetRules _rules;
    private readonly TimeProvider _clock;

    public WebhookClient(IOptions<AlertOptions> options, IOptions<CallerOptions> callers, TimeProvider clock)
    {
        _clock = clock;
        _rules = new TargetRules(
            AlertOptionsValidator.Networks(options.Value.AllowedTargets),
            [.. CommaList.Split(callers.Value.Nat64Prefixes).Select(Nat64)]);
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            MaxResponseHeadersLength = 16,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            ConnectCallback = ConnectAsync,

            // The address of a webhook holds a token: it belongs into no span.
            ActivityHeadersPropagator = null,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Posts a message.</summary>
    /// <returns>The answer, or what was wrong; never an exception, unless the caller gave up himself.</returns>
    public async Task<WebhookAnswer> SendAsync(
        HttpRequestMessage message, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(limit);
        try
        {
            using var answer = await _client.SendAsync(
                message, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            var status = (int)answer.StatusCode;
            return answer.IsSuccessStatusCode
                ? new WebhookAnswer(status, await FaultOfAsync(answer, patience.Token), null)
                : new WebhookAnswer(status, $"The webhook answered {status}.", PauseOf(answer.Headers.RetryAfter));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new WebhookAnswer(null, $"The webhook did not answer within {limit.TotalSeconds:0.#} s.", null);
        }
        catch (HttpRequestException failure)
        {
            return new WebhookAnswer(null, FaultOf(failure), null);
        }
        catch (IOException)
        {
            return new WebhookAnswer(null, "The webhook broke off its answer.", null);
        }
    }

    public void Dispose() => _client.Dispose();

    private async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        var allowed = addresses.Where(_rules.Allows).ToArray();
        if (allowed.Length == 0)
        {
            throw new TargetRefusedException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>How long it wants to be left alone: so many seconds, or until a time (RFC 9110, 10.2.3).</summary>
    private TimeSpan? PauseOf(RetryConditionHeaderValue? asked) => asked?.Delta ?? asked?.Date - _clock.GetUtcNow();

    /// <summary>Feishu and DingTalk answer 200 to what they do not take, and say so in the body.</summary>
    private static async Task<string?> FaultOfAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var buffer = new byte[LongestAnswer];
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        try
        {
            using var said = JsonDocument.Parse(buffer.AsMemory(0, length));
            return CodeOf(said.RootElement) is { } code and not 0 ? $"The webhook answered with code {code}." : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static long? CodeOf(JsonElement said)
    {
        JsonElement code = default;
        var isThere = said.ValueKind is JsonValueKind.Object
            && (said.TryGetProperty("errcode", out code) || said.TryGetProperty("code", out code))
            && code.ValueKind is JsonValueKind.Number;
        return isThere && code.TryGetInt64(out var number) ? number : null;
    }

    private static string FaultOf(HttpRequestException failure) =>
        failure.InnerException is TargetRefusedException or SocketException || failure.HttpRequestError
            is HttpRequestError.SecureConnectionError
                ? $"The webhook cannot be reached: {failure.InnerException?.Message}"
                : $"The webhook cannot be reached: {failure.HttpRequestError}.";

    private static Nat64Prefix Nat64(string text) =>
        Nat64Prefix.TryParse(text, out var prefix) ? prefix : throw new FormatException(text);

    private sealed class TargetRefusedException() : IOException(
        "its address is not public. Sentinel:Alerts:AllowedTargets can allow it.");
}

/// <summary>What came back from the webhook.</summary>
/// <param name="Status">The HTTP status, if there was an answer.</param>
/// <param name="Error">What was wrong; null if the alert was taken.</param>
/// <param name="RetryAfter">When the receiver wants to be asked again.</param>
internal sealed record WebhookAnswer(int? Status, string? Error, TimeSpan? RetryAfter);
