namespace Sentinel.Core.Callers;

/// <summary>Folds the IPv6 forms that stand for an IPv4 host to that IPv4 address.</summary>
internal static class AddressFolding
{
    private static readonly UInt128 _mapped = (UInt128)0xFFFF << 32;
    private static readonly UInt128 _nat64 = new UInt128(0x0064_FF9B_0000_0000, 0);

    public static ClientAddress Fold(UInt128 bits)
    {
        var upper96 = bits >> 32 << 32;
        if (upper96 == _mapped || upper96 == _nat64)
        {
            return new ClientAddress((uint)bits, isIPv6: false);
        }

        var is6To4 = bits >> 112 == 0x2002;
        return is6To4 ? new ClientAddress((uint)(bits >> 80), isIPv6: false) : new ClientAddress(bits, isIPv6: true);
    }
}
