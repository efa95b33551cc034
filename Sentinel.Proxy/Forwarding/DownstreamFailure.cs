using Sentinel.Core.Decisions;

namespace Sentinel.Proxy.Forwarding;

/// <summary>Tells why there is no answer of downstream, so that the caller can be told in its own dialect.</summary>
internal static class DownstreamFailure
{
    /// <returns>What the caller is told; null if downstream answered, or if it is too late to tell.</returns>
    public static DenyReason? Of(HttpContext context)
    {
        if (context.Response.HasStarted
            || context.RequestAborted.IsCancellationRequested
            || context.GetForwarderErrorFeature() is null)
        {
            return null;
        }

        return context.Response.StatusCode switch
        {
            StatusCodes.Status504GatewayTimeout => DenyReason.DownstreamTimeout,
            StatusCodes.Status502BadGateway or StatusCodes.Status503ServiceUnavailable =>
                DenyReason.DownstreamUnavailable,
            StatusCodes.Status413PayloadTooLarge => DenyReason.BodyTooLarge,
            StatusCodes.Status408RequestTimeout => DenyReason.BodyTooSlow,
            _ => null,
        };
    }
}
