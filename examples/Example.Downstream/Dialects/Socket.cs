using System.Net.WebSockets;
using System.Text.Json;

namespace Example.Downstream.Dialects;

/// <summary>A WebSocket that speaks JSON, one document a message.</summary>
internal sealed class Socket(WebSocket socket, CancellationToken cancellationToken)
{
    private const int LargestMessage = 1024 * 1024;

    private readonly byte[] _buffer = new byte[LargestMessage];

    public Task SendAsync(object message) => socket.SendAsync(
        JsonSerializer.SerializeToUtf8Bytes(message, Answer.Json),
        WebSocketMessageType.Text,
        WebSocketMessageFlags.EndOfMessage,
        cancellationToken).AsTask();

    /// <summary>The next message; null when the caller closed or sent more than a message may hold.</summary>
    public async Task<JsonElement?> ReceiveAsync()
    {
        var length = 0;
        while (length < _buffer.Length)
        {
            var received = await socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken);
            if (received.MessageType is WebSocketMessageType.Close)
            {
                await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken);
                return null;
            }

            length += received.Count;
            if (received.EndOfMessage)
            {
                return JsonSerializer.Deserialize<JsonElement>(_buffer.AsSpan(0, length));
            }
        }

        await socket.CloseAsync(WebSocketCloseStatus.MessageTooBig, null, cancellationToken);
        return null;
    }
}
