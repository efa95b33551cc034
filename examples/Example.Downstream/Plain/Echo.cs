using Example.Downstream.Dialects;
using Example.Downstream.Scripts;
using Microsoft.AspNetCore.Http.Features;

namespace Example.Downstream.Plain;

/// <summary>Answers whatever nobody else does by saying exactly what was received.</summary>
internal static class Echo
{
    public static void AddUploads(this WebApplicationBuilder builder) => builder.WebHost.ConfigureKestrel(kestrel =>
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
    });

    public static void MapEcho(this WebApplication app) => app.MapFallback("{**path}", Say);

    private static async Task Say(HttpContext context)
    {
        if (!await Opening.PlayAsync(context, Script.Of(context.Request), OpenAi.Error))
        {
            await Results.Ok(await DescribeAsync(context.Request)).ExecuteAsync(context);
        }
    }

    private static async Task<object> DescribeAsync(HttpRequest request)
    {
        var body = await ReceivedBody.ReadAsync(request);
        return new
        {
            method = request.Method,
            target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            protocol = request.Protocol,
            peer = request.HttpContext.Connection.RemoteIpAddress?.ToString(),
            headers = Values(request.Headers),
            trailers = request.CheckTrailersAvailable() ? Values(Trailers(request)) : [],
            body,
        };
    }

    private static IHeaderDictionary Trailers(HttpRequest request) =>
        request.HttpContext.Features.GetRequiredFeature<IHttpRequestTrailersFeature>().Trailers;

    private static Dictionary<string, string?[]> Values(IHeaderDictionary headers) =>
        headers.ToDictionary(header => header.Key, header => header.Value.ToArray());
}
