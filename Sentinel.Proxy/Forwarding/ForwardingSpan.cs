using System.Diagnostics;
using System.Net.Http.Headers;

namespace Sentinel.Proxy.Forwarding;

/// <summary>
/// Opens a client span around a request to downstream, and passes its trace on: for recorded traces only. The client's
/// own diagnostics would make a span for every request, whether or not anybody records it.
/// </summary>
internal sealed class ForwardingSpan(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private static readonly ActivitySource _source = new("Sentinel.Forwarding");

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken) =>
        Activity.Current is { Recorded: true }
            ? SendTracedAsync(request, cancellationToken)
            : base.SendAsync(request, cancellationToken);

    private async Task<HttpResponseMessage> SendTracedAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var span = _source.StartActivity(request.Method.Method, ActivityKind.Client);
        Describe(span, request);
        DistributedContextPropagator.Current.Inject(span ?? Activity.Current, request.Headers, Set);
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            span?.SetTag("http.response.status_code", (int)response.StatusCode);
            return response;
        }
        catch (Exception exception)
        {
            span?.SetTag("error.type", exception.GetType().FullName).SetStatus(ActivityStatusCode.Error);
            throw;
        }
    }

    /// <summary>Where to, but not what for: a path can be long, and a query can hold a key.</summary>
    private static void Describe(Activity? span, HttpRequestMessage request) =>
        span?.SetTag("http.request.method", request.Method.Method)
            .SetTag("server.address", request.RequestUri?.Host)
            .SetTag("server.port", request.RequestUri?.Port);

    private static void Set(object? carrier, string name, string value)
    {
        var headers = (HttpRequestHeaders)carrier!;
        headers.Remove(name);
        headers.TryAddWithoutValidation(name, value);
    }
}
