using System.Net;
using System.Text.Json;
using Sentinel.Core.Contracts;

namespace Sentinel.AdminUi.Api;

/// <summary>Turns what happens on the wire into answers.</summary>
internal static class HttpAnswers
{
    public static async Task<ApiAnswer<T>> AskAsync<T>(
        this HttpClient http, HttpRequestMessage request, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            return await ReadAsync<T>(response, cancellationToken);
        }
        catch (Exception error) when (error is HttpRequestException or TimeoutException or JsonException
            || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new(null, new ApiFailure.Unavailable(error.Message));
        }
    }

    private static async Task<ApiAnswer<T>> ReadAsync<T>(
        HttpResponseMessage response, CancellationToken cancellationToken)
        where T : class
    {
        if (response.StatusCode == HttpStatusCode.NoContent)
        {
            return new(null);
        }

        if (response.IsSuccessStatusCode)
        {
            return new(await response.Content.ReadFromJsonAsync<T>(cancellationToken));
        }

        if ((int)response.StatusCode >= 500)
        {
            return new(null, new ApiFailure.Unavailable($"status {(int)response.StatusCode}"));
        }

        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            return new(null, new ApiFailure.SignedOut());
        }

        var problem = await ProblemAsync(response, cancellationToken);
        return new(null, new ApiFailure.Refused((int)response.StatusCode, problem, response.Headers.RetryAfter?.Delta));
    }

    private static async Task<Problem> ProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var isProblem = response.Content.Headers.ContentType?.MediaType is "application/problem+json";
        var problem = isProblem ? await response.Content.ReadFromJsonAsync<Problem>(cancellationToken) : null;
        return problem ?? new Problem(response.ReasonPhrase, (int)response.StatusCode, null);
    }
}
