using System.Text;
using System.Text.Json;
using Example.Downstream.Scripts;

namespace Example.Downstream.Dialects;

/// <summary>Gives a call its answer, in its dialect and as its script says.</summary>
internal static class Answer
{
    /// <summary>Names and values stay as the dialects write them.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Default);

    /// <summary>Cutting a connection throws away what still waits to be sent.</summary>
    private static readonly TimeSpan _untilSent = TimeSpan.FromMilliseconds(50);

    public static async Task GiveAsync(HttpContext context, Dialect dialect, string? model = null, bool? stream = null)
    {
        if (await Call.ReadAsync(context.Request, model) is not { } call)
        {
            var error = dialect.Error(StatusCodes.Status400BadRequest, "The body is not a JSON object.");
            await Results.Json(error, Json, statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(context);
            return;
        }

        if (await Opening.PlayAsync(context, call.Script, dialect.Error))
        {
            return;
        }

        await (stream ?? call.Stream
            ? StreamAsync(context, dialect, call)
            : Results.Json(dialect.Whole(call), Json).ExecuteAsync(context));
    }

    private static async Task StreamAsync(HttpContext context, Dialect dialect, Call call)
    {
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache";
        var sent = 0;
        foreach (var (data, name) in dialect.Events(call))
        {
            if (sent > 0 && call.Script.Pause > TimeSpan.Zero)
            {
                await Task.Delay(call.Script.Pause, context.RequestAborted);
            }

            await context.Response.WriteAsync(Format(data, name), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            sent++;
            if (call.Script.Break && sent > call.WordCount / 2)
            {
                await Task.Delay(_untilSent, context.RequestAborted);
                context.Abort();
                return;
            }
        }
    }

    private static string Format(object data, string? name)
    {
        var text = new StringBuilder();
        if (name is not null)
        {
            text.Append("event: ").Append(name).Append('\n');
        }

        var content = data as string ?? JsonSerializer.Serialize(data, Json);
        return text.Append("data: ").Append(content).Append("\n\n").ToString();
    }
}
