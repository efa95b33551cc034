using System.Diagnostics;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;
using Sentinel.Core.Trail;
using Sentinel.ServiceDefaults.Telemetry;

namespace Sentinel.Proxy.Trail;

/// <summary>Leaves the trace of a request everywhere where it belongs: metrics, counters, spans, rows.</summary>
internal sealed partial class GateRecorder(
    GateMetrics metrics,
    DayTally tally,
    LastUses lastUses,
    InterceptQueue intercepts,
    RefusalTally alerts,
    TimeProvider clock,
    ILogger<GateRecorder> logger)
{
    private const int LongestUserAgent = 256;
    private const int LongestPath = 2048;

    /// <summary>
    /// A decision was made. For a known key that may pass, and where none is asked for, nothing more is to be told.
    /// </summary>
    public void Decided(GateRequest request, long startedAt)
    {
        metrics.Took(startedAt);
        if (request is not { Reason: null, Observed: null, Claim: null, HasBound: false })
        {
            return;
        }

        metrics.Decided(GateOutcome.Allow, null);
        if (request is { Binding: { } binding, Caller: { } caller })
        {
            tally.Allowed();
            lastUses.Note(binding.Id, caller, clock.GetUtcNow());
        }

        Complete(request, GateOutcome.Allow);
    }

    /// <summary>The request is over.</summary>
    public void Ended(GateRequest request)
    {
        if (request.Reason is { } reason)
        {
            Refused(request, reason);
            return;
        }

        if (request.HasBound)
        {
            metrics.Decided(GateOutcome.Bind, null);
            tally.Bound();
            Complete(request, GateOutcome.Bind);
            Log.Bound(logger, request.Credential!.Hint, request.Caller!.Value);
            return;
        }

        if (request.Observed is { } observed)
        {
            Overlooked(request, observed);
            return;
        }

        if (request.Claim is not null)
        {
            metrics.Decided(GateOutcome.Allow, null);
            Complete(request, GateOutcome.Allow);
        }
    }

    private void Overlooked(GateRequest request, DenyReason reason)
    {
        metrics.Decided(GateOutcome.WouldIntercept, reason);
        var isRecorded = reason == DenyReason.ClaimPending || IsIntercept(request, reason);
        request.Span ??= isRecorded ? GateTelemetry.StartDecision() : null;
        Complete(request, GateOutcome.WouldIntercept);
        if (isRecorded)
        {
            Record(request, reason);
        }
    }

    private void Refused(GateRequest request, DenyReason reason)
    {
        if (!IsIntercept(request, reason))
        {
            metrics.Decided(GateOutcome.Refuse, reason);
            Complete(request, GateOutcome.Refuse);
            return;
        }

        request.Span ??= GateTelemetry.StartDecision();
        metrics.Decided(GateOutcome.Intercept, reason);
        tally.Intercepted();
        Complete(request, GateOutcome.Intercept);
        Record(request, reason);
        Log.Refused(logger, request.Credential?.Hint ?? KeyHint.Hidden, request.Caller, reason);
    }

    private void Record(GateRequest request, DenyReason reason)
    {
        var decision = (request.Span ?? Activity.Current)?.Context ?? default;
        var intercept = Describe(request, reason, decision);
        intercepts.Add(new Refusal(intercept, decision));
        alerts.Note(intercept, reason);
    }

    /// <summary>Nobody lost or tried anything where no key was shown, or where the answer is to come again.</summary>
    private static bool IsIntercept(GateRequest request, DenyReason reason) =>
        reason != DenyReason.CredentialMissing
        && reason != DenyReason.ClaimPending
        && reason != DenyReason.RateLimited
        && (request.Credential is not null || IsAboutKey(reason) || request.Headers.Carriers != Carriers.None);

    /// <summary>What is malformed may hide a key: of these a carrier says nothing.</summary>
    private static bool IsAboutKey(DenyReason reason) =>
        reason == DenyReason.CredentialConflict
        || reason == DenyReason.CredentialInvalid
        || reason == DenyReason.BadRequest;

    private static void Complete(GateRequest request, string decision)
    {
        if (request.Span is not { } span)
        {
            return;
        }

        span.SetTag(GateTelemetry.DecisionTag, decision)
            .SetTag(GateTelemetry.ReasonTag, (request.Reason ?? request.Observed)?.Code)
            .SetTag(GateTelemetry.HintTag, request.Credential?.Hint)
            .SetTag(GateTelemetry.CallerTag, request.Caller?.ToString());
        span.Dispose();
        ServerSpan.Catch(request.Context);
    }

    private Intercept Describe(GateRequest request, DenyReason reason, ActivityContext decision)
    {
        var http = request.Context.Request;
        return new Intercept(
            Guid.CreateVersion7(clock.GetUtcNow()),
            clock.GetUtcNow(),
            reason.Code,
            request.Credential?.Hint ?? KeyHint.Hidden,
            request.Credential?.Fingerprint,
            request.Binding is { State: not BindingState.Claimed } binding ? binding.Id : null,
            request.Caller,
            http.Method,
            Cut(http.Path.Value, LongestPath),
            Cut(http.Headers.UserAgent, LongestUserAgent),
            request.Context.TraceIdentifier,
            decision.TraceId == default ? "" : decision.TraceId.ToHexString(),
            request.Route.Name,
            Observed: request.Reason is null)
        {
            Networks = request.Binding?.Networks ?? [],
        };
    }

    private static string Cut(string? text, int length) =>
        text is null ? "" : text.Length <= length ? text : text[..length];

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Key {Hint} is bound to the network of {Caller}.")]
        public static partial void Bound(ILogger logger, string hint, Core.Callers.ClientAddress caller);

        [LoggerMessage(LogLevel.Information, "Key {Hint} was refused to {Caller}: {Reason}.")]
        public static partial void Refused(
            ILogger logger, string hint, Core.Callers.ClientAddress? caller, DenyReason reason);
    }
}
