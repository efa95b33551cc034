namespace Example.Downstream.Dialects;

/// <summary>OpenAI: chat completions, embeddings and the list of models.</summary>
internal static class OpenAi
{
    public static readonly Dialect Chat = new(Completion, Chunks, Error);

    public static readonly Dialect Embeddings = new(Embedding, _ => [], Error);

    private const string Id = "chatcmpl-example";

    private const long Created = 1_767_225_600;

    public static void MapOpenAi(this WebApplication app)
    {
        var api = app.MapGroup("/v1").WithMetadata(new CallBody());
        api.MapPost("/chat/completions", (HttpContext context) => Answer.GiveAsync(context, Chat));
        api.MapPost("/responses", (HttpContext context) => Answer.GiveAsync(context, OpenAiResponses.Dialect));
        api.MapPost("/embeddings", (HttpContext context) => Answer.GiveAsync(context, Embeddings));
        api.MapGet("/models", () => new { @object = "list", data = new[] { Model("example"), Model("pause-500ms") } });
        api.MapGet("/models/{model}", (string model) => Model(model));
    }

    /// <summary>An error as OpenAI writes it.</summary>
    public static object Error(int status, string message) =>
        new { error = new { message, type = "example_error", param = (string?)null, code = $"status_{status}" } };

    private static object Model(string id) => new { id, @object = "model", created = Created, owned_by = "example" };

    private static object Completion(Call call) => new
    {
        id = Id,
        @object = "chat.completion",
        created = Created,
        model = call.Model,
        choices = new[]
        {
            new
            {
                index = 0,
                message = new { role = "assistant", content = call.Text, refusal = (string?)null },
                logprobs = (object?)null,
                finish_reason = "stop",
            },
        },
        usage = new
        {
            prompt_tokens = 1,
            completion_tokens = call.WordCount,
            total_tokens = call.WordCount + 1,
        },
    };

    private static IEnumerable<ServerEvent> Chunks(Call call)
    {
        yield return Chunk(call, new { role = "assistant", content = "" });
        foreach (var word in call.Words)
        {
            yield return Chunk(call, new { content = word });
        }

        yield return Chunk(call, new { }, "stop");
        yield return new ServerEvent("[DONE]");
    }

    private static ServerEvent Chunk(Call call, object delta, string? finishReason = null) => new(new
    {
        id = Id,
        @object = "chat.completion.chunk",
        created = Created,
        model = call.Model,
        choices = new[] { new { index = 0, delta, logprobs = (object?)null, finish_reason = finishReason } },
    });

    private static object Embedding(Call call) => new
    {
        @object = "list",
        data = new[] { new { @object = "embedding", index = 0, embedding = new[] { 0.25, -0.5, 0.75 } } },
        model = call.Model,
        usage = new { prompt_tokens = 1, total_tokens = 1 },
    };
}
