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
    public Task ForwardAsync(GateRequest request, RequestDelegate next) =>
        request.Claim is { } claim ? SendOnProbationAsync(request, claim, next) : SendAsync(request, next);

    /// <returns>Why downstream gave no answer; null if it gave one, whatever it was.</returns>
    public DenyReason? FindFailure(HttpContext context)
    {
        var failure = DownstreamFailure.Of(context);
        if (failure is { Status: >= 500 })
        {
            metrics.DownstreamFailed(failure);
            Log.Failed(logger, failure, context.GetForwarderErrorFeature()?.Exception);
        }

        return failure;
    }

    private Task SendAsync(GateRequest request, RequestDelegate next)
    {
        var context = request.Context;
        var isTrustedPeer = callers.IsTrustedPeer(context);
        HeaderHygiene.Apply(context.Request, request.Headers.HasClaims, request.Caller, isTrustedPeer);
        if (request is not { Credential: null, Observed: not null, Route.IsPublic: false })
        {
            // Which of its keys a client that is only observed means is left to downstream.
            carriers.Rewrite(context.Request, request.Headers.Carriers, request.Credential);
        }

        PrivateAnswer.Ask(context, request.Credential);
        return next(context);
    }

    private async Task SendOnProbationAsync(GateRequest request, Claim claim, RequestDelegate next)
    {
        var probation = new Probation(request, claim, firstUses);
        request.Context.Features.Set(probation);
        try
        {
            await SendAsync(request, next);
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
