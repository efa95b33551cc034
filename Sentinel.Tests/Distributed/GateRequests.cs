using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Distributed;

/// <summary>Requests as a client of the protected service makes them.</summary>
internal static class GateRequests
{
    /// <summary>
    /// Uses a key in a trace of its own. A busy machine can make a store look away: then the client asks again, as it
    /// is told to, and in another trace.
    /// </summary>
    public static async Task<HttpResponseMessage> UseKeyAsync(this HttpClient client, string key)
    {
        HttpResponseMessage? answer = null;
        await Eventually.Holds(async () =>
        {
            answer?.Dispose();
            answer = await client.SendAsync(Request(key), TestContext.Current.CancellationToken);
            return answer.StatusCode != HttpStatusCode.ServiceUnavailable;
        });
        return answer!;
    }

    /// <summary>The trace in which the answered request stood.</summary>
    public static ActivityTraceId Trace(this HttpResponseMessage answer)
    {
        var parent = answer.RequestMessage!.Headers.GetValues("traceparent").Single();
        return ActivityContext.Parse(parent, traceState: null).TraceId;
    }

    private static HttpRequestMessage Request(string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Headers.Add("traceparent", $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-01");
        return request;
    }
}
