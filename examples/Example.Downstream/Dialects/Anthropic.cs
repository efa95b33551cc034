namespace Example.Downstream.Dialects;

/// <summary>Anthropic: messages, whole and streamed.</summary>
internal static class Anthropic
{
    private static readonly Dialect Messages = new(Message, Events, Error);

    public static void MapAnthropic(this WebApplication app)
    {
        var api = app.MapGroup("/v1/messages").WithMetadata(new CallBody());
        api.MapPost("", (HttpContext context) => Answer.GiveAsync(context, Messages));
        api.MapPost("/count_tokens", () => new { input_tokens = 1 });
    }

    private static object Error(int status, string message) =>
        new { type = "error", error = new { type = ErrorType(status), message }, request_id = "req_example" };

    private static string ErrorType(int status) => status switch
    {
        400 => "invalid_request_error",
        401 => "authentication_error",
        403 => "permission_error",
        404 => "not_found_error",
        429 => "rate_limit_error",
        529 => "overloaded_error",
        _ => "api_error",
    };

    private static object Message(Call call) =>
        Message(call, [new { type = "text", text = call.Text }], "end_turn", call.WordCount);

    private static object Message(Call call, object[] content, string? stopReason, int outputTokens) => new
    {
        id = "msg_example",
        type = "message",
        role = "assistant",
        model = call.Model,
        content,
        stop_reason = stopReason,
        stop_sequence = (string?)null,
        usage = new { input_tokens = 1, output_tokens = outputTokens },
    };

    private static IEnumerable<ServerEvent> Events(Call call)
    {
        yield return Named("message_start", new { type = "message_start", message = Message(call, [], null, 0) });
        yield return Named("content_block_start", new
        {
            type = "content_block_start",
            index = 0,
            content_block = new { type = "text", text = "" },
        });
        foreach (var word in call.Words)
        {
            yield return Named("content_block_delta", new
            {
                type = "content_block_delta",
                index = 0,
                delta = new { type = "text_delta", text = word },
            });
        }

        yield return Named("content_block_stop", new { type = "content_block_stop", index = 0 });
        yield return Named("message_delta", new
        {
            type = "message_delta",
            delta = new { stop_reason = "end_turn", stop_sequence = (string?)null },
            usage = new { output_tokens = call.WordCount },
        });
        yield return Named("message_stop", new { type = "message_stop" });
    }

    private static ServerEvent Named(string name, object data) => new(data, name);
}
