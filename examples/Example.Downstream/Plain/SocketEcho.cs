using System.Net.WebSockets;

namespace Example.Downstream.Plain;

/// <summary>A WebSocket that sends back each frame as it came, whatever its size and kind.</summary>
internal static class SocketEcho
{
    public static void MapSocketEcho(this WebApplication app) =>
        app.MapMethods("/ws/echo", [HttpMethods.Get, HttpMethods.Connect], Talk); // CONNECT opens it over HTTP/2

    private static async Task Talk(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            return;
        }

        var protocol = context.WebSockets.WebSocketRequestedProtocols.FirstOrDefault();
        using var socket = await context.WebSockets.AcceptWebSocketAsync(protocol);
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var frame = await socket.ReceiveAsync(buffer, context.RequestAborted);
            if (frame.MessageType is WebSocketMessageType.Close)
            {
                await socket.CloseAsync(
                    socket.CloseStatus ?? WebSocketCloseStatus.NormalClosure,
                    socket.CloseStatusDescription,
                    context.RequestAborted);
                return;
            }

            await socket.SendAsync(
                buffer.AsMemory(0, frame.Count), frame.MessageType, frame.EndOfMessage, context.RequestAborted);
        }
    }
}
