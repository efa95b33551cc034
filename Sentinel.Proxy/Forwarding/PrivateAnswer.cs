using Sentinel.Core.Credentials;

namespace Sentinel.Proxy.Forwarding;

/// <summary>
/// Shared caches know that an answer to <c>Authorization</c> is for one caller only, but know of no other carrier. The
/// answer to a key that stood elsewhere says so itself, unless downstream has said something.
/// </summary>
internal sealed class PrivateAnswer
{
    private static readonly PrivateAnswer _wanted = new();

    /// <summary>Before forwarding: asks for it, if the key stood anywhere but in <c>Authorization</c>.</summary>
    public static void Ask(HttpContext context, Credential? credential)
    {
        if (credential is not null && (credential.Carriers & ~Carriers.Authorization) != Carriers.None)
        {
            context.Features.Set(_wanted);
        }
    }

    /// <summary>When downstream has answered: adds what was asked for.</summary>
    public static void Add(HttpContext context)
    {
        if (context.Features.Get<PrivateAnswer>() is not null && context.Response.Headers.CacheControl.Count == 0)
        {
            context.Response.Headers.CacheControl = "private";
        }
    }
}
