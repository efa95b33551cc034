using System.Collections.Frozen;
using Sentinel.Core.Credentials;

namespace Sentinel.Core.Forwarding;

/// <summary>
/// Headers that say who calls, with which key, or what is asked for in truth. Tricks with them are refused.
/// </summary>
public static class SensitiveHeaders
{
    private static readonly string[] _prefixes = ["X-Forwarded-", "X-Sentinel-"];

    private static readonly FrozenSet<string> _names = CarrierNames.Headers.Select(header => header.Name)
        .Concat(CarrierNames.StructuredHeaders)
        .Concat(
        [
            CarrierNames.SubProtocolHeader,
            "Forwarded", "X-Real-IP", "X-Client-IP", "X-Cluster-Client-IP", "X-Original-Forwarded-For",
            "True-Client-IP", "CF-Connecting-IP", "CF-Connecting-IPv6", "Fastly-Client-IP",
            "X-HTTP-Method", "X-HTTP-Method-Override", "X-Method-Override",
            "X-Original-URL", "X-Original-URI", "X-Rewrite-URL",
        ])
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Whether a name is one of these with an underscore for a hyphen. We would not look at it, but gateway interfaces
    /// such as WSGI and FastCGI make both the same name.
    /// </summary>
    public static bool IsDisguised(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Contains('_') && Contains(name.Replace('_', '-'));
    }

    /// <summary>
    /// Whether a list of header names, as in <c>Connection</c> and <c>Trailer</c>, has one of these in it.
    /// </summary>
    public static bool AreNamedIn(string? list)
    {
        foreach (var range in list.AsSpan().Split(','))
        {
            var name = list.AsSpan()[range].Trim(" \t");
            if (!name.IsEmpty && Contains(name.ToString().Replace('_', '-')))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Contains(string name) =>
        _names.Contains(name)
        || Array.Exists(_prefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
