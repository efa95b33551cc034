namespace Example.Downstream.Dialects;

/// <summary>Azure OpenAI: the deployment in the path is the model.</summary>
internal static class Azure
{
    public static void MapAzure(this WebApplication app)
    {
        var api = app.MapGroup("/openai/deployments/{deployment}").WithMetadata(new CallBody());
        api.MapPost("/chat/completions", (HttpContext context, string deployment) =>
            Answer.GiveAsync(context, OpenAi.Chat, deployment));
        api.MapPost("/embeddings", (HttpContext context, string deployment) =>
            Answer.GiveAsync(context, OpenAi.Embeddings, deployment));
    }
}
