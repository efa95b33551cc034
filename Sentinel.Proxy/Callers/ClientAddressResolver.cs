using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using Sentinel.Core.Callers;
using Sentinel.Core.Decisions;

namespace Sentinel.Proxy.Callers;

/// <summary>Finds the real address of a caller.</summary>
internal sealed class ClientAddressResolver(IOptions<CallerOptions> options)
{
    private readonly Network[] _trusted = Parse(options.Value.TrustedProxies);

    public bool TryResolve(HttpContext context, out ClientAddress caller, [NotNullWhen(false)] out DenyReason? reason)
    {
        var peer = context.Connection.RemoteIpAddress;
        caller = peer is null ? default : ClientAddress.From(peer);
        var isKnown = peer is not null;
        if (isKnown && IsTrusted(caller) && context.Request.Headers["X-Real-IP"] is [{ } named])
        {
            isKnown = ClientAddress.TryParse(named, out caller);
        }

        reason = isKnown ? null : DenyReason.CallerUnknown;
        return isKnown;
    }

    /// <summary>Whether trace context and request ids of this request may be adopted.</summary>
    public bool IsTrustedPeer(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } peer && IsTrusted(ClientAddress.From(peer));

    private bool IsTrusted(ClientAddress address) => _trusted.Any(network => network.Contains(address));

    private static Network[] Parse(string networks) =>
        [.. networks.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(text => Network.TryParse(text, out var network)
                ? network
                : throw new OptionsValidationException(
                    CallerOptions.SectionName,
                    typeof(CallerOptions),
                    [$"Sentinel:Callers:TrustedProxies (TRUSTED_PROXIES): '{text}' is not a network."]))];
}
