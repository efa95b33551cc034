using Microsoft.Net.Http.Headers;
using Sentinel.Core.Decisions;
using Sentinel.Core.Forwarding;

namespace Sentinel.Proxy.Forwarding;

/// <summary>Finds what makes a request unfit to be judged: downstream could read it as another one.</summary>
/// <param name="routeOf">Names the route of a path: two places have two names.</param>
internal sealed class RequestInspector(Func<string, string> routeOf)
{
    /// <summary>
    /// Run first. Outside a handshake, where it means nothing, <c>Sec-WebSocket-Protocol</c> is removed on the way.
    /// </summary>
    public DenyReason? FindProblem(HttpRequest request)
    {
        var isWebSocket = WebSocketHandshake.Is(request);
        if (!isWebSocket)
        {
            request.Headers.Remove(HeaderNames.SecWebSocketProtocol);
        }

        return RequestHygiene.CheckMethod(request.Method, isWebSocket)
            ?? CheckPath(request.Path.Value ?? "")
            ?? CheckHeaders(request.Headers);
    }

    private DenyReason? CheckPath(string path)
    {
        if (RequestHygiene.HasControlCharacters(path))
        {
            return DenyReason.BadRequest;
        }

        return RequestTarget.IsAmbiguous(path, routeOf) ? DenyReason.TargetAmbiguous : null;
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
