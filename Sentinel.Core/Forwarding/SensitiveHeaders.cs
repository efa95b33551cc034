using System.Collections.Frozen;
using Sentinel.Core.Credentials;

namespace Sentinel.Core.Forwarding;

/// <summary>
/// Headers that say who calls, with which key, or what is asked for in truth. Tricks with them are refused.
/// </summary>
public static class SensitiveHeaders
{
    private static readonly string[] _prefixes = ["X-Forwarded", "X-Sentinel-"];

    private static readonly FrozenSet<string> _claims = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Forwarded", "X-Real-IP", "X-Client-IP", "X-Cluster-Client-IP", "X-Original-Forwarded-For",
        "True-Client-IP", "CF-Connecting-IP", "CF-Connecting-IPv6", "Fastly-Client-IP", "Fly-Client-IP", "Client-IP",
        "X-Remote-IP", "X-Remote-Addr", "X-Originating-IP", "X-ProxyUser-IP", "X-Azure-ClientIP",
        "X-Appengine-Remote-Addr", "X-Envoy-External-Address",
        "X-HTTP-Method", "X-HTTP-Method-Override", "X-Method-Override", "X-Original-Method",
        "X-Original-URL", "X-Original-URI", "X-Original-Host", "X-Rewrite-URL", "X-Override-URL");

    private static readonly FrozenDictionary<string, Carriers> _carriers = CarrierNames.Headers
        .Append((Carrier: Carriers.SubProtocol, Name: CarrierNames.SubProtocolHeader))
        .ToFrozenDictionary(header => header.Name, header => header.Carrier, StringComparer.OrdinalIgnoreCase);

    /// <summary>Which carrier a header is, if it is one.</summary>
    public static Carriers CarrierOf(string name) => _carriers.GetValueOrDefault(name);

    /// <summary>
    /// Whether this header claims an address, a method or a target. What a client claims is never passed on.
    /// </summary>
    public static bool IsClaim(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _claims.Contains(name) || HasClaimingPrefix(name);
    }

    /// <summary>
    /// Whether a name is one of these with an underscore for a hyphen. We would not look at it, but gateway interfaces
    /// such as WSGI and FastCGI make both the same name.
    /// </summary>
    public static bool IsDisguised(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Contains('_') && IsSensitive(name.Replace('_', '-'));
    }

    /// <summary>
    /// Whether a list of header names, as in <c>Connection</c> and <c>Trailer</c>, has one of these in it.
    /// </summary>
    public static bool AreNamedIn(string? list)
    {
        foreach (var range in list.AsSpan().Split(','))
        {
            var name = list.AsSpan()[range].Trim(" \t");
            if (!name.IsEmpty && IsSensitive(name.ToString().Replace('_', '-')))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasClaimingPrefix(string name)
    {
        foreach (var prefix in _prefixes)
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSensitive(string name) => _carriers.ContainsKey(name) || IsClaim(name);
}
