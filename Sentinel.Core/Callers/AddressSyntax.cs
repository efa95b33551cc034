using System.Net;

namespace Sentinel.Core.Callers;

/// <summary>
/// The strict syntax of an address, read without allocating. <see cref="IPAddress"/> also reads <c>1</c>,
/// <c>0x7f.1</c>, <c>[::1]:5</c>, zones, and <c>010.0.0.1</c> as octal.
/// </summary>
internal static class AddressSyntax
{
    public static bool TryParse(ReadOnlySpan<char> text, out ClientAddress raw)
    {
        raw = default;
        if (text.Contains(':'))
        {
            var isIPv6 = IPv6Syntax.TryParse(text, out var bits);
            raw = new ClientAddress(bits, isIPv6: true);
            return isIPv6;
        }

        var isIPv4 = TryParseIPv4(text, out var quad);
        raw = new ClientAddress(quad, isIPv6: false);
        return isIPv4;
    }

    /// <summary>Reads an address as proxies write it: alone, in brackets, or with a port, which is cut.</summary>
    public static bool TryParseHop(ReadOnlySpan<char> text, out ClientAddress raw)
    {
        if (text.StartsWith('['))
        {
            var end = text.IndexOf(']');
            raw = default;
            return end > 0
                && (end == text.Length - 1 || text[end + 1] == ':' && IsPort(text[(end + 2)..]))
                && TryParse(text[1..end], out raw)
                && raw.IsIPv6;
        }

        var colon = text.IndexOf(':');
        var hasPort = colon > 0 && text[..colon].Contains('.') && IsPort(text[(colon + 1)..]);
        return TryParse(hasPort ? text[..colon] : text, out raw);
    }

    /// <summary>Reads digits alone. The parsers of .NET allow trailing NUL characters.</summary>
    public static bool TryParseDecimal(ReadOnlySpan<char> text, int max, out int value)
    {
        value = 0;
        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit(digit) || (value = value * 10 + digit - '0') > max)
            {
                return false;
            }
        }

        return text is not [] and not ['0', _, ..];
    }

    public static bool TryParseIPv4(ReadOnlySpan<char> text, out uint bits)
    {
        bits = 0;
        var octets = 0;
        foreach (var range in text.Split('.'))
        {
            if (++octets > 4 || !TryParseDecimal(text[range], byte.MaxValue, out var value))
            {
                return false;
            }

            bits = bits << 8 | (uint)value;
        }

        return octets == 4;
    }

    private static bool IsPort(ReadOnlySpan<char> text) => TryParseDecimal(text, ushort.MaxValue, out _);
}
