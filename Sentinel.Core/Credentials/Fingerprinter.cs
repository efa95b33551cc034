using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Sentinel.Core.Credentials;

/// <summary>Computes fingerprints under the secret of this installation.</summary>
/// <param name="secret">The key of the HMAC, at least 32 bytes.</param>
public sealed class Fingerprinter(byte[] secret)
{
    /// <summary>Computes the fingerprint of a canonical key without allocating.</summary>
    /// <param name="canonical">Visible ASCII, at most 512 characters.</param>
    /// <param name="foldsCase">Whether letters that differ in case only give the same fingerprint.</param>
    public KeyFingerprint Compute(ReadOnlySpan<char> canonical, bool foldsCase)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(canonical.Length, KeySyntax.MaxLength);
        Span<byte> buffer = stackalloc byte[KeySyntax.MaxLength];
        var ascii = buffer[..canonical.Length];
        var status = foldsCase
            ? Ascii.ToLower(canonical, ascii, out var written)
            : Ascii.FromUtf16(canonical, ascii, out written);
        Span<byte> hash = stackalloc byte[KeyFingerprint.Length];
        HMACSHA256.HashData(secret, ascii[..written], hash);
        CryptographicOperations.ZeroMemory(ascii);
        return status == OperationStatus.Done
            ? new KeyFingerprint(hash)
            : throw new ArgumentException("A canonical key is ASCII.", nameof(canonical));
    }
}
