using Sentinel.Core.Callers;
using Sentinel.Core.Decisions;
using Sentinel.Proxy.Credentials;
using Sentinel.Proxy.Decisions;
using Sentinel.ServiceDefaults.Callers;

namespace Sentinel.Proxy.Forwarding;

/// <summary>Sends a request on, cleaned of what downstream must not believe, with the key that was checked.</summary>
internal sealed partial class Downstream(
    ClientAddressResolver callers,
    CarrierRewriter carriers,
    FirstUses firstUses,
    GateMetrics metrics,
    ILogger<Downstream> logger)
{
    /// <returns>Why downstream gave no answer; null if it gave one, whatever it was.</returns>
    public async Task<DenyReason?> ForwardAsync(GateRequest request, ClientAddress caller, RequestDelegate next)
    {
        var context = request.Context;
        HeaderHygiene.Apply(context.Request, caller, callers.IsTrustedPeer(context));
        carriers.Rewrite(context.Request, request.Credential);
        if (request.Claim is { } claim)
        {
            await ForwardOnProbationAsync(request, claim, next);
        }
        else
        {
            await next(context);
        }

        var failure = DownstreamFailure.Of(context);
        if (failure is not null)
        {
            metrics.DownstreamFailed(failure);
            Log.Failed(logger, failure, context.GetForwarderErrorFeature()?.Exception);
        }

        return failure;
    }

    private async Task ForwardOnProbationAsync(GateRequest request, Claim claim, RequestDelegate next)
    {
        var probation = new Probation(request, claim, firstUses);
        request.Context.Features.Set(probation);
        try
        {
            await next(request.Context);
        }
        finally
        {
            await probation.EndAsync();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Downstream did not answer: {Reason}.")]
        public static partial void Failed(ILogger logger, DenyReason reason, Exception? exception);
    }
}
