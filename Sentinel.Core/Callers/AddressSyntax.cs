using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace Sentinel.Core.Callers;

/// <summary>
/// The strict syntax of an address. <see cref="IPAddress.TryParse(ReadOnlySpan{char}, out IPAddress)"/> alone also reads
/// <c>1</c>, <c>0x7f.1</c>, <c>[::1]:5</c>, zones, and <c>010.0.0.1</c> as octal.
/// </summary>
internal static class AddressSyntax
{
    private static readonly SearchValues<char> _ipv6Characters = SearchValues.Create("0123456789abcdefABCDEF:.");

    public static bool TryParse(ReadOnlySpan<char> text, out ClientAddress address)
    {
        address = default;
        var isIPv6 = text.Contains(':');
        if (!(isIPv6 ? HasOnlyIPv6Characters(text) : IsDottedQuad(text)) || !IPAddress.TryParse(text, out var parsed))
        {
            return false;
        }

        address = ClientAddress.From(parsed);
        return parsed.AddressFamily == (isIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork);
    }

    private static bool HasOnlyIPv6Characters(ReadOnlySpan<char> text)
    {
        var tail = text[(text.LastIndexOf(':') + 1)..];
        return !text.ContainsAnyExcept(_ipv6Characters) && (!tail.Contains('.') || IsDottedQuad(tail));
    }

    private static bool IsDottedQuad(ReadOnlySpan<char> text)
    {
        var octets = 0;
        foreach (var range in text.Split('.'))
        {
            var octet = text[range];
            var hasLeadingZero = octet.Length > 1 && octet[0] == '0';
            if (octet.Length is 0 or > 3 || octet.ContainsAnyExceptInRange('0', '9') || hasLeadingZero || ++octets > 4)
            {
                return false;
            }
        }

        return octets == 4;
    }
}
