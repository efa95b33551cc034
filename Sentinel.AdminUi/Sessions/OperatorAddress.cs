using System.Net;
using Microsoft.Extensions.Options;
using Sentinel.ServiceDefaults.Callers;

namespace Sentinel.AdminUi.Sessions;

/// <summary>
/// Tells the admin API where the operator is, and proves that the console may: without it all operators would be one
/// caller, and a stranger's failures would lock the owner out.
/// </summary>
internal sealed class OperatorAddress(ClientAddressResolver resolver, IOptions<CallerOptions> options)
{
    /// <summary>The operator's address; null if it is not known, or is this machine.</summary>
    public string? Of(HttpContext context)
    {
        var verdict = resolver.Resolve(context);
        var isElsewhere = verdict.IsKnown && !IPAddress.IsLoopback(verdict.Address.ToIPAddress());
        return isElsewhere ? verdict.Address.ToString() : null;
    }

    public void Say(HttpRequestMessage request, string? address)
    {
        if (address is null)
        {
            return;
        }

        request.Headers.Add("X-Real-IP", address);
        if (options.Value.ProxySecret.Length > 0)
        {
            request.Headers.Add("X-Sentinel-Proxy", options.Value.ProxySecret);
        }
    }

    /// <summary>Behind a proxy of ours the scheme is the one that the browser used.</summary>
    public void AdoptScheme(HttpContext context)
    {
        if (context.Request.Headers["X-Forwarded-Proto"] is ["https"] && resolver.IsTrustedPeer(context))
        {
            context.Request.Scheme = Uri.UriSchemeHttps;
        }
    }
}
