using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Options;
using Sentinel.Core.Decisions;
using Sentinel.Core.Forwarding;

namespace Sentinel.Proxy.Forwarding;

/// <summary>Tells a client why it was refused, in its own dialect. It never names a network.</summary>
internal sealed class DenialWriter(IOptions<DenialOptions> options)
{
    private readonly DenialCors _cors = new(options.Value.CorsOrigins);

    /// <summary>Reasons and dialects are few and fixed: a flood of refusals writes the same few bodies.</summary>
    private readonly ConcurrentDictionary<(DenialDialect, DenyReason), byte[]> _bodies = new();

    /// <param name="context">A request whose response has not started.</param>
    /// <param name="reason">Why it was refused.</param>
    /// <param name="retryAfterSeconds">When to try again; null when there is no such time.</param>
    public Task WriteAsync(HttpContext context, DenyReason reason, int? retryAfterSeconds = null)
    {
        var response = context.Response;
        response.Clear();
        response.StatusCode = reason.Status;
        WriteHeaders(context, reason, retryAfterSeconds);
        var dialect = DenialDialects.Of(context.Request);
        var body = _bodies.GetOrAdd((dialect, reason), key => DenialBody.Create(key.Item1, key.Item2));
        response.ContentType = DenialBody.ContentType(dialect);
        response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    private void WriteHeaders(HttpContext context, DenyReason reason, int? retryAfterSeconds)
    {
        var headers = context.Response.Headers;
        headers["x-sentinel-reason"] = reason.Code;
        headers["x-request-id"] = context.TraceIdentifier;
        headers.CacheControl = "no-store";
        if (reason.Status is 400 or 401 or 403)
        {
            headers["x-should-retry"] = "false";
        }

        if (reason.Status == 401)
        {
            headers.WWWAuthenticate = "Bearer";
        }

        if (reason.Status == 405)
        {
            headers.Allow = RequestHygiene.AllowedMethods;
        }

        if (retryAfterSeconds is { } seconds)
        {
            headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        _cors.Write(context.Request.Headers, headers);
    }
}
