using System.Runtime.InteropServices;

namespace Sentinel.Core.Credentials;

/// <summary>HMAC-SHA256 of a canonical key: what is stored and compared in its place. 32 bytes.</summary>
public readonly record struct KeyFingerprint
{
    public const int Length = 32;

    private readonly UInt128 _high;
    private readonly UInt128 _low;

    public KeyFingerprint(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, Length);
        _high = MemoryMarshal.Read<UInt128>(bytes);
        _low = MemoryMarshal.Read<UInt128>(bytes[16..]);
    }

    public byte[] ToByteArray()
    {
        var bytes = new byte[Length];
        MemoryMarshal.Write(bytes, in _high);
        MemoryMarshal.Write(bytes.AsSpan(16), in _low);
        return bytes;
    }

    /// <summary>Hexadecimal, lower case.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToByteArray());
}
