using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;
using Sentinel.Core.Routes;
using Sentinel.Proxy.Credentials;
using Sentinel.Proxy.Forwarding;
using Sentinel.Proxy.Trail;
using Sentinel.ServiceDefaults.Callers;

namespace Sentinel.Proxy.Routes;

/// <summary>
/// Where no route leads, or no client is answered. It is told so in its own dialect, and a key that it shows all the
/// same is recorded: whoever tries out a stolen key does not know the way.
/// </summary>
internal sealed class DeadEnd(
    RequestInspector inspector,
    ClientAddressResolver callers,
    KeyExtractor keys,
    Profile profile,
    DenialWriter denials,
    GateRecorder recorder)
{
    /// <summary>It has no name: no setting describes it.</summary>
    private readonly GateRoute _nowhere = new("", RouteAccess.Binding, GateMode.Enforce, "", profile);

    public Task RefuseRouteAsync(HttpContext context) => RefuseAsync(context, DenyReason.RouteUnknown);

    public Task RefuseHostAsync(HttpContext context) => RefuseAsync(context, DenyReason.BadRequest);

    private async Task RefuseAsync(HttpContext context, DenyReason reason)
    {
        RequestId.Adopt(context, callers);
        var request = new GateRequest(context, _nowhere);
        request.Reason = inspector.FindProblem(context.Request, out var headers) ?? reason;
        request.Headers = headers;
        request.Caller = callers.Resolve(context) is { IsKnown: true, Address: var address } ? address : null;
        _ = keys.TryExtract(context, profile, headers.Carriers, out var credential, out _);
        request.Credential = credential;
        try
        {
            await denials.WriteAsync(context, request.Reason);
        }
        finally
        {
            recorder.Ended(request);
        }
    }
}
