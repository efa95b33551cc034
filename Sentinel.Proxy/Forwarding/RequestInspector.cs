using Microsoft.Net.Http.Headers;
using Sentinel.Core.Decisions;
using Sentinel.Core.Forwarding;
using Sentinel.Proxy.Routes;

namespace Sentinel.Proxy.Forwarding;

/// <summary>Finds what makes a request unfit to be judged: downstream could read it as another one.</summary>
internal sealed class RequestInspector(RoutePaths paths)
{
    private readonly Func<string, string> _nameOf = paths.NameOf;

    /// <summary>
    /// Run first. Outside a handshake, where it means nothing, <c>Sec-WebSocket-Protocol</c> is removed on the way.
    /// </summary>
    public DenyReason? FindProblem(HttpRequest request, out RequestHygiene headers)
    {
        var isWebSocket = WebSocketHandshake.Is(request);
        if (!isWebSocket)
        {
            request.Headers.Remove(HeaderNames.SecWebSocketProtocol);
        }

        headers = Read(request.Headers);
        return RequestHygiene.CheckMethod(request.Method, isWebSocket)
            ?? CheckPath(request.Path.Value ?? "")
            ?? CheckQuery(request.QueryString.Value)
            ?? headers.Conclude();
    }

    private DenyReason? CheckPath(string path)
    {
        if (RequestHygiene.HasControlCharacters(path))
        {
            return DenyReason.BadRequest;
        }

        return RequestTarget.IsAmbiguous(path, _nameOf) ? DenyReason.TargetAmbiguous : null;
    }

    private static DenyReason? CheckQuery(string? query) =>
        RequestHygiene.HasControlCharacters(query) ? DenyReason.BadRequest : null;

    /// <summary>A header without a value is there all the same.</summary>
    private static RequestHygiene Read(IHeaderDictionary headers)
    {
        var hygiene = default(RequestHygiene);
        foreach (var (name, values) in headers)
        {
            hygiene.Add(name, values.Count > 0 ? values[0] : null);
            for (var line = 1; line < values.Count; line++)
            {
                hygiene.Add(name, values[line]);
            }
        }

        return hygiene;
    }
}
