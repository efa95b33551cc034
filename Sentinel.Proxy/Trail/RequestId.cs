using Sentinel.ServiceDefaults.Callers;

namespace Sentinel.Proxy.Trail;

/// <summary>The name of a request, under which its row, its log and its refusal are found again.</summary>
internal static class RequestId
{
    public const string Header = "x-request-id";

    private const int Longest = 128;

    /// <summary>Takes over how a trusted proxy calls the request, so that it has one name in both logs.</summary>
    public static void Adopt(HttpContext context, ClientAddressResolver callers)
    {
        if (context.Request.Headers[Header] is [{ } id] && IsName(id) && callers.IsTrustedPeer(context))
        {
            context.TraceIdentifier = id;
        }
    }

    private static bool IsName(string id) =>
        id.Length is > 0 and <= Longest && !id.AsSpan().ContainsAnyExceptInRange('!', '~');
}
