using Microsoft.Extensions.Primitives;

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

    private static readonly (string Header, DenialDialect Dialect)[] _byCarrier =
    [
        ("x-api-key", DenialDialect.Anthropic),
        ("x-goog-api-key", DenialDialect.Gemini),
        ("api-key", DenialDialect.OpenAI),
    ];

    /// <summary>The path says most about a client; a carrier that only one kind of client uses comes next.</summary>
    public static DenialDialect Of(HttpRequest request)
    {
        var path = request.Path.Value ?? "";
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

        return request.Headers.SecWebSocketProtocol.Count > 0 ? DenialDialect.OpenAI : DenialDialect.Problem;
    }

    /// <summary><c>/ws/google.ai…</c> goes on with a dot, which ends a prefix here as a slash does.</summary>
    private static bool StartsWithSegments(ReadOnlySpan<char> path, string prefix) =>
        path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
        && (path.Length == prefix.Length || path[prefix.Length] is '/' or '.');
}
