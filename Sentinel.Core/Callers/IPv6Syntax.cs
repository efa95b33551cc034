using System.Buffers;
using System.Globalization;

namespace Sentinel.Core.Callers;

/// <summary>The textual forms of RFC 4291, without zones.</summary>
internal static class IPv6Syntax
{
    private const int GroupCount = 8;

    private static readonly SearchValues<char> _hexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    public static bool TryParse(ReadOnlySpan<char> text, out UInt128 bits)
    {
        var gap = text.IndexOf("::");
        if (gap < 0)
        {
            return TryParseGroups(text, out bits, out var all) && all == GroupCount;
        }

        var head = text[..gap];
        if (!TryParseGroups(head, out bits, out var before) || head.Contains('.')
            || !TryParseGroups(text[(gap + 2)..], out var low, out var after))
        {
            return false;
        }

        bits = before == 0 ? low : bits << 16 * (GroupCount - before) | low;
        return before + after < GroupCount;
    }

    /// <summary>
    /// Reads groups of hexadecimal digits, of which the last may be an IPv4 address that counts as two.
    /// </summary>
    private static bool TryParseGroups(ReadOnlySpan<char> text, out UInt128 bits, out int count)
    {
        (bits, count) = (0, 0);
        if (text.IsEmpty)
        {
            return true;
        }

        foreach (var range in text.Split(':'))
        {
            var group = text[range];
            var isLast = range.End.Value == text.Length;
            if (isLast && AddressSyntax.TryParseIPv4(group, out var quad))
            {
                (bits, count) = (bits << 32 | quad, count + 2);
                return count <= GroupCount;
            }

            if (group.Length > 4 || ++count > GroupCount || group.ContainsAnyExcept(_hexDigits)
                || !ushort.TryParse(group, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                return false;
            }

            bits = bits << 16 | value;
        }

        return true;
    }
}
