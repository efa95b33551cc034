using System.Diagnostics;
using Sentinel.Core.Callers;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;
using Sentinel.Core.Routes;
using Sentinel.Proxy.Callers;
using Sentinel.Proxy.Credentials;
using Sentinel.Proxy.Decisions;
using Sentinel.Proxy.Forwarding;
using Sentinel.Proxy.Trail;
using Sentinel.ServiceDefaults.Callers;

namespace Sentinel.Proxy;

/// <summary>Leads a request through the rooms: who calls, with which key, may it, on to downstream or back.</summary>
internal sealed class GateMiddleware(
    RequestDelegate next,
    RequestInspector inspector,
    ClientAddressResolver callers,
    ChainWatch chains,
    KeyExtractor keys,
    BindingDecider decider,
    Doubts doubts,
    OpenStreams streams,
    StreamReviewer reviewer,
    StreamLimits limits,
    Downstream downstream,
    DenialWriter denials,
    GateRecorder recorder)
{
    private const int RetryAfterClaim = 2;
    private const int RetryAfterOutage = 5;

    public async Task InvokeAsync(HttpContext context)
    {
        var request = new GateRequest(context, context.GetEndpoint()!.Metadata.GetRequiredMetadata<GateRoute>());
        RequestId.Adopt(context, callers);
        try
        {
            await DecideAsync(request);
            if (request.Reason is null)
            {
                await downstream.ForwardAsync(request, next);
            }

            var refusal = request.Reason ?? downstream.FindFailure(context);
            if (refusal is not null && !context.Response.HasStarted)
            {
                await denials.WriteAsync(context, refusal, RetryAfter(request, refusal));
            }
        }
        finally
        {
            limits.Release(request);
            recorder.Ended(request);
        }
    }

    private async Task DecideAsync(GateRequest request)
    {
        var startedAt = Stopwatch.GetTimestamp();
        decider.Rule(request);
        if (Identify(request) is { } problem)
        {
            request.Refuse(problem);
        }

        if (request is { Reason: null, Observed: null, Credential: { } credential, Caller: { } caller })
        {
            await DecideAsync(request, credential, caller);
        }
        else if (request is { Observed: not null, Route.IsPublic: false })
        {
            await doubts.DecideAsync(request, keys.ExtractEach(request.Context, request.Route.Profile));
            Settle(request);
        }

        await limits.ApplyAsync(request);
        recorder.Decided(request, startedAt);
    }

    private async ValueTask DecideAsync(GateRequest request, Credential credential, ClientAddress caller)
    {
        streams.Add(request, credential.Fingerprint);
        await decider.DecideAsync(request, credential, caller);
        Settle(request);
    }

    /// <summary>What changed while the request was decided on is looked at again.</summary>
    private void Settle(GateRequest request)
    {
        if (request.Settle() is { } version)
        {
            reviewer.Review(OpenStreams.NameOf(request), version);
        }
    }

    /// <summary>Finds out who calls with which key, and what is wrong with the request or with either.</summary>
    private DenyReason? Identify(GateRequest request)
    {
        var context = request.Context;
        var malformed = inspector.FindProblem(context.Request, out var headers);
        request.Headers = headers;
        var caller = callers.Resolve(context);
        chains.Note(context, caller);
        request.Caller = caller.IsKnown ? caller.Address : null;
        var hasKey = keys.TryExtract(
            context, request.Route.Profile, headers.Carriers, out var credential, out var problem);
        request.Credential = credential;
        if (malformed is not null || !caller.IsKnown)
        {
            return malformed ?? DenyReason.CallerUnknown;
        }

        var needsNone = problem == DenyReason.CredentialMissing
            && (request.Route.IsPublic || CorsPreflight.Is(context.Request, headers.Carriers));
        return hasKey || needsNone ? null : problem;
    }

    private static int? RetryAfter(GateRequest request, DenyReason reason) =>
        request.RetryAfter is { } time ? (int)Math.Ceiling(time.TotalSeconds)
        : reason == DenyReason.ClaimPending || reason == DenyReason.RateLimited ? RetryAfterClaim
        : reason.Status is StatusCodes.Status503ServiceUnavailable ? RetryAfterOutage
        : null;
}
