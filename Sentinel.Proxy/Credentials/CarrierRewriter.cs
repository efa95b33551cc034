using Sentinel.Core.Credentials;

namespace Sentinel.Proxy.Credentials;

/// <summary>Removes every carrier of a request, and writes those that were checked anew from what was hashed.</summary>
internal static class CarrierRewriter
{
    /// <summary>Run after the decision and before forwarding.</summary>
    /// <param name="request">The request as it came; YARP then copies it as it is left.</param>
    /// <param name="credential">What was checked; null on a public route or a CORS preflight.</param>
    public static void Rewrite(HttpRequest request, Credential? credential)
    {
        request.Headers.Authorization = credential is null ? default : $"Bearer {credential.Key.Forwarded}";
    }
}
