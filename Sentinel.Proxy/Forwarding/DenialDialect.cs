using Microsoft.Extensions.Primitives;
using Sentinel.Core.Routes;

namespace Sentinel.Proxy.Forwarding;

/// <summary>In which shape a client expects an error, so that its library shows the message.</summary>
internal enum DenialDialect
{
    /// <summary>RFC 9457.</summary>
    Problem,
    OpenAI,
    Anthropic,
    Gemini,
}

internal static class DenialDialects
{
    private static readonly (string Prefix, DenialDialect Dialect)[] _byPath =
    [
        ("/v1/messages", DenialDialect.Anthropic),
        ("/v1beta", DenialDialect.Gemini),
        ("/ws/google", DenialDialect.Gemini),
        ("/v1", DenialDialect.OpenAI),
        ("/openai", DenialDialect.OpenAI),
    ];

    /// <summary>Methods of Gemini that also stand behind <c>/v1</c>, where models of others have colons too.</summary>
    private static readonly string[] _geminiMethods =
    [
        ":generateContent", ":streamGenerateContent", ":countTokens", ":embedContent", ":batchEmbedContents",
    ];

    private static readonly (string Header, DenialDialect Dialect)[] _byCarrier =
    [
        ("x-api-key", DenialDialect.Anthropic),
        ("x-goog-api-key", DenialDialect.Gemini),
        ("api-key", DenialDialect.OpenAI),
    ];

    /// <summary>The path says most about a client; a carrier that only one kind of client uses comes next.</summary>
    public static DenialDialect Of(HttpRequest request)
    {
        var path = PathOf(request).Value ?? "";
        if (Array.Exists(_geminiMethods, method => path.EndsWith(method, StringComparison.OrdinalIgnoreCase)))
        {
            return DenialDialect.Gemini;
        }

        foreach (var (prefix, dialect) in _byPath)
        {
            if (StartsWithSegments(path.AsSpan(path.StartsWith("//", StringComparison.Ordinal) ? 1 : 0), prefix))
            {
                return dialect;
            }
        }

        foreach (var (header, dialect) in _byCarrier)
        {
            if (!StringValues.IsNullOrEmpty(request.Headers[header]))
            {
                return dialect;
            }
        }

        return request.Headers.SecWebSocketProtocol.Count > 0 ? DenialDialect.OpenAI
            : request.Query.ContainsKey("key") ? DenialDialect.Gemini
            : DenialDialect.Problem;
    }

    /// <summary>The path as downstream would see it.</summary>
    private static PathString PathOf(HttpRequest request) =>
        request.HttpContext.GetEndpoint()?.Metadata.GetMetadata<GateRoute>() is { StripPrefix.Length: > 0 } route
        && request.Path.StartsWithSegments(route.StripPrefix, out var rest)
            ? rest
            : request.Path;

    /// <summary><c>/ws/google.ai…</c> goes on with a dot, which ends a prefix here as a slash does.</summary>
    private static bool StartsWithSegments(ReadOnlySpan<char> path, string prefix) =>
        path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
        && (path.Length == prefix.Length || path[prefix.Length] is '/' or '.');
}
