using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Sentinel.Core.Callers;

/// <summary>
/// The address of a caller, folded: what reaches an IPv4 host through IPv6 (mapped, NAT64, 6to4) is that IPv4 address.
/// </summary>
public readonly record struct ClientAddress
{
    /// <summary><c>2001::/32</c>.</summary>
    private const uint Teredo = 0x2001_0000;

    internal ClientAddress(UInt128 bits, bool isIPv6)
    {
        Bits = bits;
        IsIPv6 = isIPv6;
    }

    /// <summary>Whether the folded address is an IPv6 one.</summary>
    public bool IsIPv6 { get; }

    /// <summary>The address as a number: the low 32 bits for IPv4, all 128 for IPv6.</summary>
    internal UInt128 Bits { get; }

    /// <summary>How many bits an address of this family has.</summary>
    internal int Width => IsIPv6 ? 128 : 32;

    /// <summary>Takes the address that the socket reports.</summary>
    public static ClientAddress From(IPAddress address) => AddressFolding.Fold(Raw(address));

    /// <summary>Reads an address in its strict textual form: no leading zeros, short forms, zones or ports.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ClientAddress address)
    {
        var isAddress = AddressSyntax.TryParse(text, out var raw);
        address = AddressFolding.Fold(raw);
        return isAddress;
    }

    /// <summary>
    /// The network of this address with the prefix length of its family. A Teredo address always stands alone: what
    /// its neighbours share is a public server, not a household.
    /// </summary>
    public Network ToNetwork(int ipv4Prefix, int ipv6Prefix)
    {
        var isTeredo = IsIPv6 && (uint)(Bits >> 96) == Teredo;
        return Network.Of(this, isTeredo ? Width : IsIPv6 ? ipv6Prefix : ipv4Prefix);
    }

    public IPAddress ToIPAddress()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Bits);
        return new IPAddress(IsIPv6 ? bytes : bytes[12..]);
    }

    public override string ToString() => ToIPAddress().ToString();

    /// <summary>The address as it is, not folded.</summary>
    internal static ClientAddress Raw(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> bytes = stackalloc byte[16];
        _ = address.TryWriteBytes(bytes, out _);
        return address.AddressFamily == AddressFamily.InterNetwork
            ? new ClientAddress(BinaryPrimitives.ReadUInt32BigEndian(bytes), isIPv6: false)
            : new ClientAddress(BinaryPrimitives.ReadUInt128BigEndian(bytes), isIPv6: true);
    }
}
