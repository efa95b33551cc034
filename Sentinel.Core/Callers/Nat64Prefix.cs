namespace Sentinel.Core.Callers;

/// <summary>
/// A prefix under which a network translates IPv4 hosts to IPv6 (RFC 6052). The well-known <c>64:ff9b::/96</c> needs no
/// configuration; others, such as parts of <c>64:ff9b:1::/48</c>, are known only to who runs the network.
/// </summary>
public readonly record struct Nat64Prefix
{
    private readonly Network _network;

    private Nat64Prefix(Network network) => _network = network;

    /// <summary>Reads an IPv6 network of one of the lengths that RFC 6052 allows: 32, 40, 48, 56, 64 or 96.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Nat64Prefix prefix)
    {
        var isNetwork = Network.TryParseRaw(text, out var network);
        prefix = new Nat64Prefix(network);
        return isNetwork && network.Address.IsIPv6 && network.Prefix is 32 or 40 or 48 or 56 or 64 or 96;
    }

    internal bool TryFold(ClientAddress raw, out ClientAddress folded)
    {
        folded = raw;
        if (!_network.Contains(raw))
        {
            return false;
        }

        folded = new ClientAddress(Embedded(raw.Bits, _network.Prefix), isIPv6: false);
        return true;
    }

    public override string ToString() => _network.ToString();

    /// <summary>The IPv4 address stands behind the prefix; the octet of bits 64 to 71 is always left out.</summary>
    private static uint Embedded(UInt128 bits, int prefix)
    {
        if (prefix == 96)
        {
            return (uint)bits;
        }

        var withoutReservedOctet = bits >> 64 << 56 | (ulong)bits & 0x00FF_FFFF_FFFF_FFFF;
        return (uint)(withoutReservedOctet >> (120 - 32 - prefix));
    }
}
