using Microsoft.Net.Http.Headers;
using Sentinel.Core.Credentials;

namespace Sentinel.Proxy.Credentials;

/// <summary>
/// A browser asks before it sends a key, and sends none with the question: not even where this downstream would not
/// look for one. The question is forwarded and never binds. Ask only when <see cref="KeyExtractor"/> found no key.
/// </summary>
internal static class CorsPreflight
{
    /// <param name="request">The request.</param>
    /// <param name="present">The headers of it that are carriers.</param>
    public static bool Is(HttpRequest request, Carriers present) =>
        HttpMethods.IsOptions(request.Method)
        && request.Headers.ContainsKey(HeaderNames.Origin)
        && request.Headers.ContainsKey(HeaderNames.AccessControlRequestMethod)
        && present == Carriers.None
        && !QueryCarriers.AreIn(request.QueryString.Value ?? "");
}
