using System.Globalization;
using Microsoft.Extensions.Options;
using Sentinel.Core.Decisions;

namespace Sentinel.Proxy.Forwarding;

/// <summary>Tells a client why it was refused. It never names a network.</summary>
internal sealed class DenialWriter(IOptions<DenialOptions> options)
{
    private readonly string _corsOrigins = options.Value.CorsOrigins;

    /// <param name="context">A request whose response has not started.</param>
    /// <param name="reason">Why it was refused.</param>
    /// <param name="retryAfterSeconds">When to try again; null when there is no such time.</param>
    public Task WriteAsync(HttpContext context, DenyReason reason, int? retryAfterSeconds = null)
    {
        var response = context.Response;
        response.StatusCode = reason.Status;
        response.Headers["x-sentinel-reason"] = reason.Code;
        response.Headers["x-request-id"] = context.TraceIdentifier;
        response.Headers.CacheControl = "no-store";
        if (_corsOrigins is "*")
        {
            response.Headers.AccessControlAllowOrigin = "*";
        }

        if (retryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        return response.WriteAsJsonAsync(
            new { title = reason.Code, status = reason.Status, detail = reason.Message },
            options: null,
            contentType: "application/problem+json",
            context.RequestAborted);
    }
}
