using System.Text.Json;
using Example.Downstream.Scripts;

namespace Example.Downstream.Dialects;

/// <summary>OpenAI's realtime API, as far as text goes.</summary>
internal static class OpenAiRealtime
{
    private const string Protocol = "realtime";

    public static void MapOpenAiRealtime(this WebApplication app)
    {
        app.MapGet("/v1/realtime", Talk);
        app.MapGet("/openai/realtime", Talk);
    }

    private static async Task Talk(HttpContext context, string? model, string? deployment)
    {
        var name = model ?? deployment ?? "example";
        var call = new Call(name, Stream: true, Script.Of(context.Request, name));
        if (await Opening.PlayAsync(context, call.Script, OpenAi.Error))
        {
            return;
        }

        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            return;
        }

        var offered = context.WebSockets.WebSocketRequestedProtocols.Contains(Protocol);
        using var socket = await context.WebSockets.AcceptWebSocketAsync(offered ? Protocol : null);
        await TalkAsync(new Socket(socket, context.RequestAborted), call, context.RequestAborted);
    }

    private static async Task TalkAsync(Socket socket, Call call, CancellationToken cancellationToken)
    {
        var session = new { id = "sess_example", @object = "realtime.session", type = "realtime", model = call.Model };
        await socket.SendAsync(new { type = "session.created", event_id = "event_0", session });
        while (await socket.ReceiveAsync() is { } message)
        {
            await (message.GetProperty("type").GetString() switch
            {
                "session.update" => socket.SendAsync(new { type = "session.updated", event_id = "event_1", session }),
                "conversation.item.create" => AddAsync(socket, message),
                "response.create" => RespondAsync(socket, call, cancellationToken),
                _ => socket.SendAsync(new { type = "error", error = new { type = "invalid_request_error" } }),
            });
        }
    }

    private static Task AddAsync(Socket socket, JsonElement message) => socket.SendAsync(
        new { type = "conversation.item.added", event_id = "event_2", item = message.GetProperty("item") });

    private static async Task RespondAsync(Socket socket, Call call, CancellationToken cancellationToken)
    {
        await socket.SendAsync(new { type = "response.created", response = Response("in_progress") });
        foreach (var word in call.Words)
        {
            await Task.Delay(call.Script.Pause, cancellationToken);
            await socket.SendAsync(new
            {
                type = "response.output_text.delta",
                response_id = "resp_example",
                item_id = "item_example",
                output_index = 0,
                content_index = 0,
                delta = word,
            });
        }

        await socket.SendAsync(new { type = "response.done", response = Response("completed") });
    }

    private static object Response(string status) => new { id = "resp_example", @object = "realtime.response", status };
}
