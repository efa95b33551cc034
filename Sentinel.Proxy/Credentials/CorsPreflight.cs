using Microsoft.Net.Http.Headers;

namespace Sentinel.Proxy.Credentials;

/// <summary>
/// A browser asks before it sends a key, and sends none with the question. The question is forwarded and never binds.
/// Ask only when <see cref="KeyExtractor"/> found no key.
/// </summary>
internal static class CorsPreflight
{
    public static bool Is(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method)
        && request.Headers.ContainsKey(HeaderNames.Origin)
        && request.Headers.ContainsKey(HeaderNames.AccessControlRequestMethod);
}
