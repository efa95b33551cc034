using System.Globalization;
using System.Net;

namespace Sentinel.Core.Callers;

/// <summary>A network in CIDR notation. Host bits are always zero; the default value contains nobody.</summary>
public readonly record struct Network
{
    private readonly bool _isNetwork;

    private Network(ClientAddress address, int prefix)
    {
        Address = address;
        Prefix = prefix;
        _isNetwork = true;
    }

    public ClientAddress Address { get; }

    /// <summary>How many leading bits count.</summary>
    public int Prefix { get; }

    /// <summary>The network of that prefix length in which an address lies.</summary>
    public static Network Of(ClientAddress address, int prefix)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(prefix);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prefix, address.Width);
        return new Network(new ClientAddress(KeepPrefix(address.Bits, address.Width - prefix), address.IsIPv6), prefix);
    }

    public static Network From(IPNetwork network) =>
        AddressFolding.Fold(Of(ClientAddress.Raw(network.BaseAddress), network.PrefixLength));

    /// <summary>
    /// Reads <c>address/prefix</c>, or an address alone as its smallest network. Host bits are refused. An IPv6 network
    /// of translated IPv4 hosts is read as their IPv4 network, since their addresses are folded too.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Network network)
    {
        var isNetwork = TryParseRaw(text, out var raw);
        network = isNetwork ? AddressFolding.Fold(raw) : default;
        return isNetwork;
    }

    public bool Contains(ClientAddress address) =>
        _isNetwork
        && address.IsIPv6 == Address.IsIPv6
        && KeepPrefix(address.Bits, Address.Width - Prefix) == Address.Bits;

    public IPNetwork ToIPNetwork() => new(Address.ToIPAddress(), Prefix);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Address}/{Prefix}");

    /// <summary>Reads a network without folding it.</summary>
    internal static bool TryParseRaw(ReadOnlySpan<char> text, out Network network)
    {
        network = default;
        var slash = text.IndexOf('/');
        if (!AddressSyntax.TryParse(slash < 0 ? text : text[..slash], out var address))
        {
            return false;
        }

        var prefix = address.Width;
        if (slash >= 0 && !AddressSyntax.TryParseDecimal(text[(slash + 1)..], address.Width, out prefix))
        {
            return false;
        }

        network = Of(address, prefix);
        return network.Address == address;
    }

    /// <summary>A shift by the whole width would leave the number as it is.</summary>
    private static UInt128 KeepPrefix(UInt128 bits, int hostBits) =>
        hostBits == 128 ? UInt128.Zero : bits >> hostBits << hostBits;
}
