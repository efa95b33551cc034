using System.Globalization;
using System.Net;

namespace Sentinel.Core.Callers;

/// <summary>A network in CIDR notation. Host bits are always zero.</summary>
public readonly record struct Network
{
    private Network(ClientAddress address, int prefix)
    {
        Address = address;
        Prefix = prefix;
    }

    public ClientAddress Address { get; }

    /// <summary>How many leading bits count.</summary>
    public int Prefix { get; }

    /// <summary>The network of that prefix length in which an address lies.</summary>
    public static Network Of(ClientAddress address, int prefix)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(prefix);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prefix, address.Width);
        var hostBits = address.Width - prefix;
        var bits = hostBits == 128 ? UInt128.Zero : address.Bits >> hostBits << hostBits;
        return new Network(new ClientAddress(bits, address.IsIPv6), prefix);
    }

    public static Network From(IPNetwork network) => Of(ClientAddress.From(network.BaseAddress), network.PrefixLength);

    /// <summary>Reads <c>address/prefix</c>, or an address alone as its smallest network. Host bits are refused.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Network network)
    {
        network = default;
        var slash = text.IndexOf('/');
        if (!ClientAddress.TryParse(slash < 0 ? text : text[..slash], out var address))
        {
            return false;
        }

        var prefix = address.Width;
        if (slash >= 0 && !TryParsePrefix(text[(slash + 1)..], address.Width, out prefix))
        {
            return false;
        }

        network = Of(address, prefix);
        return network.Address == address;
    }

    public bool Contains(ClientAddress address) =>
        address.IsIPv6 == Address.IsIPv6 && Of(address, Prefix).Address == Address;

    public IPNetwork ToIPNetwork() => new(Address.ToIPAddress(), Prefix);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Address}/{Prefix}");

    private static bool TryParsePrefix(ReadOnlySpan<char> text, int width, out int prefix)
    {
        var hasLeadingZero = text.Length > 1 && text[0] == '0';
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out prefix)
            && prefix <= width && !hasLeadingZero;
    }
}
