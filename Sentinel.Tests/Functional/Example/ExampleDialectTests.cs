using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Example;

public sealed class ExampleDialectTests(ExampleService example) : IClassFixture<ExampleService>
{
    private const string Text = "Hello from the example downstream: this answer comes in pieces.";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/v1/chat/completions", "choices.0.message.content")]
    [InlineData("/openai/deployments/gpt/chat/completions?api-version=2024-10-21", "choices.0.message.content")]
    [InlineData("/v1/responses", "output.0.content.0.text")]
    [InlineData("/v1/messages", "content.0.text")]
    [InlineData("/v1beta/models/gemini:generateContent", "candidates.0.content.parts.0.text")]
    [InlineData("/v1/models/gemini:generateContent", "candidates.0.content.parts.0.text")]
    public async Task Each_dialect_answers_in_its_own_shape(string target, string place)
    {
        var answer = await PostAsync(target, "example");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(Text, At(await JsonAsync(answer), place).GetString());
    }

    [Theory]
    [InlineData("/v1/embeddings", "data.0.embedding")]
    [InlineData("/openai/deployments/ada/embeddings", "data.0.embedding")]
    [InlineData("/v1beta/models/gemini:embedContent", "embedding.values")]
    public async Task Embeddings_are_vectors(string target, string place)
    {
        var answer = await PostAsync(target, "example");

        Assert.Equal(3, At(await JsonAsync(answer), place).GetArrayLength());
    }

    [Theory]
    [InlineData("/v1/models", "data.0.id", "example")]
    [InlineData("/v1/models/gpt", "id", "gpt")]
    [InlineData("/v1beta/models", "models.0.name", "models/example")]
    [InlineData("/v1beta/models/gemini", "name", "models/gemini")]
    public async Task Models_are_listed(string target, string place, string name)
    {
        var answer = await example.Client.GetFromJsonAsync<JsonElement>(target, Cancelled);

        Assert.Equal(name, At(answer, place).GetString());
    }

    [Theory]
    [InlineData("/v1/chat/completions", "error.code", "status_429")]
    [InlineData("/v1/messages", "error.type", "rate_limit_error")]
    [InlineData("/v1beta/models/gemini:generateContent", "error.status", "RESOURCE_EXHAUSTED")]
    public async Task A_scripted_error_has_the_shape_of_its_dialect(string target, string place, string code)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, target)
        {
            Headers = { { "x-script", "error-429" } },
            Content = JsonContent.Create(new { model = "example" }),
        };

        var answer = await example.Client.SendAsync(request, Cancelled);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal(code, At(await JsonAsync(answer), place).GetString());
    }

    [Theory]
    [InlineData("/v1/chat/completions", "status-401", HttpStatusCode.Unauthorized, null)]
    [InlineData("/v1/chat/completions", "error-503", HttpStatusCode.ServiceUnavailable, "application/json")]
    [InlineData("/v1/chat/completions", "html", HttpStatusCode.OK, "text/html")]
    [InlineData("/v1beta/models/html:generateContent", "ignored", HttpStatusCode.OK, "text/html")]
    [InlineData("/openai/deployments/status-404/chat/completions", "ignored", HttpStatusCode.NotFound, null)]
    [InlineData("/anything?script=status-204", "ignored", HttpStatusCode.NoContent, null)]
    public async Task A_model_or_a_query_can_be_a_script(
        string target, string model, HttpStatusCode status, string? contentType)
    {
        var answer = await PostAsync(target, model);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(contentType, answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_body_that_is_no_json_is_refused_in_the_dialect()
    {
        var answer = await example.Client.PostAsync("/v1/messages", new StringContent("hello"), Cancelled);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("invalid_request_error", At(await JsonAsync(answer), "error.type").GetString());
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) =>
        await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled);

    private static JsonElement At(JsonElement json, string place) => place.Split('.').Aggregate(
        json, (at, step) => int.TryParse(step, out var index) ? at[index] : at.GetProperty(step));

    private Task<HttpResponseMessage> PostAsync(string target, string model) =>
        example.Client.PostAsJsonAsync(target, new { model }, Cancelled);
}
