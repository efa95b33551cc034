using System.Text.Json;
using Example.Downstream.Scripts;

namespace Example.Downstream.Dialects;

/// <summary>One call of a model, whatever the dialect.</summary>
/// <param name="Model">The name of the model, which may be a script.</param>
/// <param name="Stream">Whether the caller wants the answer in pieces.</param>
/// <param name="Script">What the answer does besides being one.</param>
internal sealed record Call(string Model, bool Stream, Script Script)
{
    /// <summary>The largest body of a call; uploads go elsewhere.</summary>
    public const long LargestBody = 32 * 1024 * 1024;

    private static readonly string[] Greeting =
        ["Hello ", "from ", "the ", "example ", "downstream: ", "this ", "answer ", "comes ", "in ", "pieces."];

    /// <summary>The answer, word by word.</summary>
    public IEnumerable<string> Words =>
        Script.Pieces is 0 ? Greeting : Enumerable.Range(0, Script.Pieces).Select(i => Greeting[i % Greeting.Length]);

    public string Text => string.Concat(Words);

    public int WordCount => Script.Pieces is 0 ? Greeting.Length : Script.Pieces;

    /// <summary>Reads <c>model</c> and <c>stream</c> from the body; null if the body is no JSON object.</summary>
    public static async Task<Call?> ReadAsync(HttpRequest request, string? model = null)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(
                request.Body, cancellationToken: request.HttpContext.RequestAborted);
            var root = body.RootElement;
            model ??= root.TryGetProperty("model", out var name) ? name.GetString() : null;
            var stream = root.TryGetProperty("stream", out var flag) && flag.ValueKind is JsonValueKind.True;
            return new Call(model ?? "example", stream, Script.Of(request, model));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
