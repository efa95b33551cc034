namespace Example.Downstream.Dialects;

/// <summary>OpenAI's responses API.</summary>
internal static class OpenAiResponses
{
    public static readonly Dialect Dialect = new(call => Response(call, "completed", call.Text), Events, OpenAi.Error);

    private const string ItemId = "msg_example";

    private static object Response(Call call, string status, string? text) => new
    {
        id = "resp_example",
        @object = "response",
        created_at = 1_767_225_600,
        status,
        model = call.Model,
        output = text is null ? [] : new[] { Item("completed", [Part(text)]) },
        parallel_tool_calls = true,
        tool_choice = "auto",
        tools = Array.Empty<object>(),
        usage = text is null ? null : Usage(call),
    };

    private static object Usage(Call call) => new
    {
        input_tokens = 1,
        input_tokens_details = new { cached_tokens = 0 },
        output_tokens = call.WordCount,
        output_tokens_details = new { reasoning_tokens = 0 },
        total_tokens = call.WordCount + 1,
    };

    private static object Item(string status, object[] content) =>
        new { id = ItemId, type = "message", status, role = "assistant", content };

    private static object Part(string text) =>
        new { type = "output_text", text, annotations = Array.Empty<object>(), logprobs = Array.Empty<object>() };

    private static IEnumerable<ServerEvent> Events(Call call)
    {
        var number = 0;
        yield return Named("response.created", new
        {
            type = "response.created",
            sequence_number = number++,
            response = Response(call, "in_progress", null),
        });
        yield return Named("response.output_item.added", new
        {
            type = "response.output_item.added",
            sequence_number = number++,
            output_index = 0,
            item = Item("in_progress", []),
        });
        yield return OfPart("response.content_part.added", number++, "");
        foreach (var word in call.Words)
        {
            yield return Named("response.output_text.delta", new
            {
                type = "response.output_text.delta",
                sequence_number = number++,
                item_id = ItemId,
                output_index = 0,
                content_index = 0,
                delta = word,
                logprobs = Array.Empty<object>(),
            });
        }

        yield return OfPart("response.content_part.done", number++, call.Text);
        yield return Named("response.completed", new
        {
            type = "response.completed",
            sequence_number = number,
            response = Response(call, "completed", call.Text),
        });
    }

    private static ServerEvent OfPart(string type, int number, string text) => Named(type, new
    {
        type,
        sequence_number = number,
        item_id = ItemId,
        output_index = 0,
        content_index = 0,
        part = Part(text),
    });

    private static ServerEvent Named(string type, object data) => new(data, type);
}
