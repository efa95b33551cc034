namespace Example.Downstream.Dialects;

/// <summary>Gemini: the path names the model and, after a colon, what it shall do.</summary>
internal static class Gemini
{
    private static readonly Dialect Content = new(Whole, Events, Error);

    private static readonly Dialect Embedding =
        new(_ => new { embedding = new { values = new[] { 0.25, -0.5, 0.75 } } }, _ => [], Error);

    public static void MapGemini(this WebApplication app)
    {
        app.MapGet("/v1beta/models", () => new { models = new[] { Model("example"), Model("pause-500ms") } });
        app.MapGet("/v1beta/models/{model}", (string model) => Model(model));
        app.MapCalls("/v1beta/models");
        app.MapCalls("/v1/models"); // what Google's own client calls since its version 3
    }

    private static void MapCalls(this WebApplication app, string path)
    {
        var api = app.MapGroup(path).WithMetadata(new CallBody());
        api.MapPost("/{model}:generateContent", (HttpContext context, string model) =>
            Answer.GiveAsync(context, Content, model, stream: false));
        api.MapPost("/{model}:streamGenerateContent", (HttpContext context, string model) =>
            Answer.GiveAsync(context, Content, model, stream: true));
        api.MapPost("/{model}:embedContent", (HttpContext context, string model) =>
            Answer.GiveAsync(context, Embedding, model, stream: false));
        api.MapPost("/{model}:countTokens", () => new { totalTokens = 1 });
    }

    private static object Error(int status, string message) =>
        new { error = new { code = status, message, status = StatusName(status) } };

    private static string StatusName(int status) => status switch
    {
        400 => "INVALID_ARGUMENT",
        401 => "UNAUTHENTICATED",
        403 => "PERMISSION_DENIED",
        404 => "NOT_FOUND",
        429 => "RESOURCE_EXHAUSTED",
        503 => "UNAVAILABLE",
        _ => "INTERNAL",
    };

    private static object Model(string id) => new
    {
        name = $"models/{id}",
        displayName = id,
        supportedGenerationMethods = new[] { "generateContent", "countTokens" },
    };

    private static object Whole(Call call) => Candidate(call, call.Text, "STOP");

    private static IEnumerable<ServerEvent> Events(Call call)
    {
        var left = call.WordCount;
        foreach (var word in call.Words)
        {
            yield return new ServerEvent(Candidate(call, word, --left is 0 ? "STOP" : null));
        }
    }

    private static object Candidate(Call call, string text, string? finishReason) => new
    {
        candidates = new[]
        {
            new { content = new { role = "model", parts = new[] { new { text } } }, finishReason, index = 0 },
        },
        usageMetadata = new
        {
            promptTokenCount = 1,
            candidatesTokenCount = call.WordCount,
            totalTokenCount = call.WordCount + 1,
        },
        modelVersion = call.Model,
    };
}
