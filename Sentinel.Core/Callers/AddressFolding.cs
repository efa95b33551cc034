using System.Collections.Immutable;

namespace Sentinel.Core.Callers;

/// <summary>Folds the IPv6 forms that stand for an IPv4 host to that IPv4 address.</summary>
internal static class AddressFolding
{
    private const ushort SixToFour = 0x2002;
    private const int SixToFourWidth = 16;

    /// <summary><c>::ffff:0:0/96</c>: an IPv4 peer on an IPv6 socket.</summary>
    private static readonly UInt128 _mapped = (UInt128)0xFFFF << 32;

    /// <summary><c>64:ff9b::/96</c> (RFC 6052).</summary>
    private static readonly UInt128 _nat64 = new(0x0064_FF9B_0000_0000, 0);

    /// <summary>Takes off only what the socket layer put on. Nobody can forge this form over the network.</summary>
    public static ClientAddress Unmap(ClientAddress raw) =>
        raw.IsIPv6 && Upper96(raw.Bits) == _mapped ? IPv4((uint)raw.Bits) : raw;

    public static ClientAddress Fold(ClientAddress raw)
    {
        if (!raw.IsIPv6)
        {
            return raw;
        }

        var upper96 = Upper96(raw.Bits);
        if (upper96 == _mapped || upper96 == _nat64)
        {
            return IPv4((uint)raw.Bits);
        }

        return IsSixToFour(raw.Bits) ? IPv4((uint)(raw.Bits >> 80)) : raw;
    }

    public static ClientAddress Fold(ClientAddress raw, ImmutableArray<Nat64Prefix> nat64)
    {
        foreach (var prefix in nat64)
        {
            if (prefix.TryFold(raw, out var folded))
            {
                return folded;
            }
        }

        return Fold(raw);
    }

    /// <summary>A network of folded addresses is the IPv4 network that they fold to.</summary>
    public static Network Fold(Network raw)
    {
        var folded = Fold(raw.Address);
        if (folded.IsIPv6 == raw.Address.IsIPv6)
        {
            return raw;
        }

        var prefix = raw.Prefix - (IsSixToFour(raw.Address.Bits) ? SixToFourWidth : 96);
        return prefix < 0 ? raw : Network.Of(folded, Math.Min(prefix, 32));
    }

    private static UInt128 Upper96(UInt128 bits) => bits >> 32 << 32;

    private static bool IsSixToFour(UInt128 bits) => (ushort)(bits >> (128 - SixToFourWidth)) == SixToFour;

    private static ClientAddress IPv4(uint bits) => new(bits, isIPv6: false);
}
