using System.Security.Cryptography;
using System.Text;

namespace Sentinel.Core.Credentials;

/// <summary>Computes fingerprints under the secret of this installation.</summary>
/// <param name="secret">The key of the HMAC, at least 32 bytes.</param>
public sealed class Fingerprinter(byte[] secret)
{
    /// <summary>Computes the fingerprint of a canonical key without allocating.</summary>
    public KeyFingerprint Compute(ReadOnlySpan<char> canonical)
    {
        Span<byte> ascii = stackalloc byte[canonical.Length];
        _ = Encoding.ASCII.GetBytes(canonical, ascii);
        Span<byte> hash = stackalloc byte[KeyFingerprint.Length];
        HMACSHA256.HashData(secret, ascii, hash);
        CryptographicOperations.ZeroMemory(ascii);
        return new KeyFingerprint(hash);
    }
}
