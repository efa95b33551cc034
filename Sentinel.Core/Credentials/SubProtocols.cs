using System.Collections.Frozen;

namespace Sentinel.Core.Credentials;

/// <summary>
/// The keys in <c>Sec-WebSocket-Protocol</c>. Browsers cannot set headers of a WebSocket, so OpenAI lets them put the
/// key here. Some versions of New API read any token as a key: so does Sentinel, unless it knows the sub-protocol.
/// </summary>
/// <param name="more">Sub-protocols of this installation, beside those that are known to all.</param>
public sealed class SubProtocols(IEnumerable<string> more)
{
    private const string KeyPrefix = "openai-insecure-api-key.";

    private static readonly string[] _wellKnown =
    [
        "realtime", "openai-beta.realtime-v1", "mcp", "graphql-ws", "graphql-transport-ws", "mqtt",
    ];

    private static readonly string[] _wellKnownPrefixes = ["openai-organization.", "openai-project."];

    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _known = _wellKnown.Concat(more)
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Adds the keys in one line of the header.</summary>
    public void Collect(string line, ref KeyCollector keys)
    {
        ArgumentNullException.ThrowIfNull(line);
        foreach (var range in line.AsSpan().Split(','))
        {
            var (start, length) = range.GetOffsetAndLength(line.Length);
            var token = line.AsSpan(start, length).Trim(" \t");
            if (IsKnown(token))
            {
                continue;
            }

            var hasPrefix = token.StartsWith(KeyPrefix, StringComparison.OrdinalIgnoreCase);
            var keyStart = line.AsSpan(start).IndexOf(token) + start + (hasPrefix ? KeyPrefix.Length : 0);
            keys.Add(Carriers.SubProtocol, line, keyStart, start + length - keyStart);
        }
    }

    /// <summary>
    /// Keeps the known sub-protocols in their order, and behind them the checked key if it stood here.
    /// </summary>
    /// <param name="lines">All lines of the header, joined by commas.</param>
    /// <param name="credential">What was checked; null removes only.</param>
    /// <returns>The new value; empty when the header is to be removed.</returns>
    public string Rewrite(string lines, Credential? credential)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var tokens = lines.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(token => IsKnown(token));
        return credential?.Carriers.HasFlag(Carriers.SubProtocol) == true
            ? string.Join(", ", tokens.Append(string.Concat(KeyPrefix, credential.Key.Forwarded)))
            : string.Join(", ", tokens);
    }

    private bool IsKnown(ReadOnlySpan<char> token)
    {
        foreach (var prefix in _wellKnownPrefixes)
        {
            if (token.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return _known.Contains(token);
    }
}
