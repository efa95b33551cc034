using System.Net.Http.Headers;

namespace Sentinel.Tests.Distributed;

/// <summary>Requests as a client of the protected service makes them.</summary>
internal static class GateRequests
{
    public static Task<HttpResponseMessage> UseKeyAsync(this HttpClient client, string key, string? traceParent = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (traceParent is not null)
        {
            request.Headers.Add("traceparent", traceParent);
        }

        return client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
