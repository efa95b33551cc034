using Microsoft.Net.Http.Headers;
using Sentinel.ServiceDefaults.Settings;

namespace Sentinel.Proxy.Forwarding;

/// <summary>Lets the pages of chosen origins read a refusal; without it a browser shows a network error only.</summary>
internal sealed class DenialCors(string origins)
{
    private const string Anybody = "*";
    private const string Exposed = "x-sentinel-reason, x-request-id, x-should-retry, Retry-After";

    private readonly string[] _origins = CommaList.Split(origins);

    public static bool IsValid(string origins) => Array.TrueForAll(CommaList.Split(origins), IsOrigin);

    public void Write(IHeaderDictionary request, IHeaderDictionary response)
    {
        if (_origins.Length == 0)
        {
            return;
        }

        response.Append(HeaderNames.Vary, HeaderNames.Origin);
        if (FindAllowed(request.Origin.ToString()) is { } allowed)
        {
            response.AccessControlAllowOrigin = allowed;
            response.AccessControlExposeHeaders = Exposed;
        }
    }

    private string? FindAllowed(string origin) => Array.Find(
        _origins, allowed => allowed == Anybody || allowed.Equals(origin, StringComparison.OrdinalIgnoreCase));

    private static bool IsOrigin(string text) =>
        text == Anybody
        || (Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
            && text.Equals(uri.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase));
}
