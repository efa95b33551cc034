using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Sentinel.Core.Credentials;

/// <summary>
/// Computes fingerprints under the secret of this installation. Each thread keeps a hash that has the secret already
/// worked in: a one-shot HMAC would take more than twice as long, on every request.
/// </summary>
/// <param name="secret">The key of the HMAC, at least 32 bytes.</param>
public sealed class Fingerprinter(byte[] secret) : IDisposable
{
    public const int MaxRealmLength = 64;

    private readonly ThreadLocal<IncrementalHash> _hashes =
        new(() => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret), trackAllValues: true);

    private bool _isDisposed;

    /// <summary>Computes the fingerprint of a canonical key without allocating.</summary>
    /// <param name="canonical">Visible ASCII, at most 512 characters.</param>
    /// <param name="foldsCase">Whether letters that differ in case only give the same fingerprint.</param>
    /// <param name="realm">Whose key it is, in ASCII; empty for the realm of all that name none.</param>
    public KeyFingerprint Compute(ReadOnlySpan<char> canonical, bool foldsCase, ReadOnlySpan<char> realm = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(canonical.Length, KeySyntax.MaxLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(realm.Length, MaxRealmLength);
        Span<byte> buffer = stackalloc byte[KeySyntax.MaxLength];
        var ascii = buffer[..canonical.Length];
        var status = foldsCase ? Ascii.ToLower(canonical, ascii, out _) : Ascii.FromUtf16(canonical, ascii, out _);
        if (status != OperationStatus.Done)
        {
            throw new ArgumentException("A canonical key is ASCII.", nameof(canonical));
        }

        Span<byte> fingerprint = stackalloc byte[KeyFingerprint.Length];
        var hash = _hashes.Value!;
        Begin(hash, realm);
        hash.AppendData(ascii);
        hash.GetHashAndReset(fingerprint);
        CryptographicOperations.ZeroMemory(ascii);
        return new KeyFingerprint(fingerprint);
    }

    /// <summary>No key has a NUL in it, so that no key of one realm is a key of another.</summary>
    private static void Begin(IncrementalHash hash, ReadOnlySpan<char> realm)
    {
        if (!realm.IsEmpty)
        {
            Span<byte> prefix = stackalloc byte[realm.Length + 1];
            prefix.Clear();
            _ = Encoding.ASCII.GetBytes(realm, prefix);
            hash.AppendData(prefix);
        }
    }

    /// <summary>May be said twice: a ring of secrets and whoever uses one of them both have it.</summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        foreach (var hash in _hashes.Values)
        {
            hash.Dispose();
        }

        _hashes.Dispose();
    }
}
