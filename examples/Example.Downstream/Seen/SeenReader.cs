using Microsoft.AspNetCore.Http.Features;

namespace Example.Downstream.Seen;

/// <summary>Notes of a request what a test or a person asks for later: keys, carriers and addresses.</summary>
internal static class SeenReader
{
    private const int LongestText = 1024;

    private static readonly string[] KeyHeaders =
    [
        "Authorization", "x-api-key", "api-key", "x-goog-api-key", "x-litellm-api-key", "Ocp-Apim-Subscription-Key",
        "mj-api-secret", "x-portkey-config", "Proxy-Authorization", "Cookie", "Sec-WebSocket-Protocol",
    ];

    private static readonly string[] KeyParameters = ["key", "api_key", "access_token", "subscription-key"];

    private static readonly string[] CallerHeaders =
        ["X-Forwarded-For", "X-Real-IP", "Forwarded", "True-Client-IP", "CF-Connecting-IP"];

    public static SeenRequest Read(HttpContext context, DateTimeOffset now)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var peer = context.Connection.RemoteIpAddress?.ToString() ?? "";
        return new SeenRequest(now, context.Request.Method, Cut(target), peer, Callers(context), [.. Keys(context)]);
    }

    private static Dictionary<string, string> Callers(HttpContext context) => CallerHeaders
        .Where(context.Request.Headers.ContainsKey)
        .ToDictionary(name => name, name => Cut(context.Request.Headers[name].ToString()));

    private static IEnumerable<SeenKey> Keys(HttpContext context)
    {
        foreach (var name in KeyHeaders)
        {
            foreach (var value in context.Request.Headers[name])
            {
                yield return new SeenKey(name, Cut(WithoutScheme(value ?? "")));
            }
        }

        foreach (var name in KeyParameters)
        {
            foreach (var value in context.Request.Query[name])
            {
                yield return new SeenKey($"?{name}", Cut(value ?? ""));
            }
        }
    }

    private static string WithoutScheme(string value) =>
        value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? value["Bearer ".Length..] : value;

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText];
}
