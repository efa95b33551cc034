using Example.Downstream.Scripts;

namespace Example.Downstream.Dialects;

/// <summary>Gemini's live API. Google's client calls it with two slashes in front, which no route can match.</summary>
internal static class GeminiLive
{
    private const string Path = "ws/google.ai.generativelanguage.";

    public static void UseGeminiLive(this WebApplication app) => app.UseWhen(
        context => context.WebSockets.IsWebSocketRequest && IsLive(context.Request.Path.Value),
        live => live.Run(TalkAsync));

    private static bool IsLive(string? path) =>
        path is not null && path.TrimStart('/').StartsWith(Path, StringComparison.Ordinal);

    private static async Task TalkAsync(HttpContext context)
    {
        using var accepted = await context.WebSockets.AcceptWebSocketAsync();
        var socket = new Socket(accepted, context.RequestAborted);
        var script = Script.Nothing;
        while (await socket.ReceiveAsync() is { } message)
        {
            if (message.TryGetProperty("setup", out var setup))
            {
                script = Script.Of(context.Request, setup.GetProperty("model").GetString()?.Split('/')[^1]);
                await socket.SendAsync(new { setupComplete = new { } });
                continue;
            }

            await SpeakAsync(socket, new Call("example", Stream: true, script), context.RequestAborted);
        }
    }

    private static async Task SpeakAsync(Socket socket, Call call, CancellationToken cancellationToken)
    {
        foreach (var word in call.Words)
        {
            await Task.Delay(call.Script.Pause, cancellationToken);
            var modelTurn = new { role = "model", parts = new[] { new { text = word } } };
            await socket.SendAsync(new { serverContent = new { modelTurn } });
        }

        await socket.SendAsync(new { serverContent = new { turnComplete = true } });
    }
}
