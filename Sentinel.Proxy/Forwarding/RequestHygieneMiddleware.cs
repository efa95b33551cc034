using Sentinel.Core.Decisions;
using Sentinel.Core.Forwarding;

namespace Sentinel.Proxy.Forwarding;

/// <summary>Refuses, before anything else, requests that downstream could read differently.</summary>
/// <param name="next">What comes behind.</param>
/// <param name="denials">Writes the refusal.</param>
/// <param name="routeOf">Names the route of a path.</param>
internal sealed class RequestHygieneMiddleware(RequestDelegate next, DenialWriter denials, Func<string, string> routeOf)
{
    public Task InvokeAsync(HttpContext context)
    {
        var isWebSocket = WebSocketHandshake.Is(context.Request);
        if (FindProblem(context.Request, isWebSocket) is { } reason)
        {
            return denials.WriteAsync(context, reason);
        }

        if (!isWebSocket)
        {
            context.Request.Headers.SecWebSocketProtocol = default;
        }

        return next(context);
    }

    private DenyReason? FindProblem(HttpRequest request, bool isWebSocket)
    {
        if (RequestHygiene.CheckMethod(request.Method, isWebSocket) is { } methodProblem)
        {
            return methodProblem;
        }

        var path = request.Path.Value ?? "";
        if (RequestHygiene.HasControlCharacters(path))
        {
            return DenyReason.BadRequest;
        }

        return RequestTarget.IsAmbiguous(path, routeOf) ? DenyReason.TargetAmbiguous : CheckHeaders(request.Headers);
    }

    private static DenyReason? CheckHeaders(IHeaderDictionary headers)
    {
        var hygiene = default(RequestHygiene);
        foreach (var (name, values) in headers)
        {
            foreach (var value in values)
            {
                hygiene.Add(name, value);
            }
        }

        return hygiene.Conclude();
    }
}
