using System.Text.Json.Serialization;
using Sentinel.Core.Contracts;

namespace Sentinel.Core.Callers;

/// <summary>One way by which requests come: peer, headers and verdict. It never holds a key.</summary>
/// <param name="Peer">The address that opened the connection; null by a Unix socket.</param>
/// <param name="Headers">The headers that say something about the caller.</param>
/// <param name="Finding">How the caller was found, or why he was not.</param>
/// <param name="Caller">The caller; null if he is unknown.</param>
public sealed record CallerChain(
    string? Peer,
    IReadOnlyList<ChainHeader> Headers,
    [property: JsonConverter(typeof(JsonStringEnumConverter<CallerFinding>))] CallerFinding Finding,
    string? Caller)
{
    private const int MostHops = 8;

    /// <summary>A header as it may be shown: addresses as they stand, and nothing of what is none.</summary>
    public static ChainHeader Show(string name, IEnumerable<string?> lines)
    {
        var hops = lines.SelectMany(line => (line ?? "").Split(',')).Select(Show).ToArray();
        var shown = hops.Length > MostHops ? hops[^MostHops..].Prepend("…") : hops;
        return new ChainHeader(name, string.Join(", ", shown));
    }

    private static string Show(string hop)
    {
        var text = hop.Trim(' ', '\t');
        return AddressSyntax.TryParseHop(text, out _) ? text : "(no address)";
    }
}
