using System.Security.Cryptography;
using System.Text;

namespace Sentinel.Storage.Settings;

/// <summary>
/// Encrypts secret settings, so that whoever reads the database, a backup or the audit learns none, and whoever writes
/// to it cannot make one up. The name is authenticated with the value: no secret can be put in another's place.
/// </summary>
/// <param name="secret">The secret of the admin API; null for a program that has no business with them.</param>
/// <param name="previous">The one before, under which values may still be sealed; null if there is none.</param>
public sealed class SettingSeal(string? secret, string? previous = null)
{
    private const string Prefix = "sealed:";

    // The length of what is hidden would tell which service a webhook leads to.
    private const int Block = 256;

    private static readonly int _nonceLength = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int _tagLength = AesGcm.TagByteSizes.MaxSize;

    private readonly byte[]? _key = KeyOf(secret);
    private readonly byte[]? _previousKey = KeyOf(previous);

    /// <summary>Whether this program may read and write secret settings.</summary>
    public bool CanOpen => _key is not null;

    /// <exception cref="InvalidOperationException">This program has no secret.</exception>
    public string Seal(string name, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var length = Encoding.UTF8.GetByteCount(text);
        var padded = new byte[(length / Block * Block) + Block];
        _ = Encoding.UTF8.GetBytes(text, padded);
        var box = new byte[_nonceLength + _tagLength + padded.Length];
        var nonce = box.AsSpan(0, _nonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(_key ?? throw new InvalidOperationException("There is no secret."), _tagLength);
        cipher.Encrypt(
            nonce, padded, box.AsSpan(_nonceLength + _tagLength), box.AsSpan(_nonceLength, _tagLength),
            Encoding.UTF8.GetBytes(name));
        return Prefix + Convert.ToBase64String(box);
    }

    /// <summary>What was sealed; null if it was not sealed under this name and secret, or the one before.</summary>
    public string? Open(string name, string? sealedText) =>
        Open(_key, name, sealedText) ?? Open(_previousKey, name, sealedText);

    private static byte[]? KeyOf(string? secret) => string.IsNullOrEmpty(secret)
        ? null
        : HKDF.DeriveKey(
            HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), outputLength: 32,
            info: "sentinel secret settings"u8.ToArray());

    private static string? Open(byte[]? key, string name, string? sealedText)
    {
        var box = new byte[sealedText?.Length ?? 0];
        if (key is null || sealedText?.StartsWith(Prefix, StringComparison.Ordinal) is not true
            || !Convert.TryFromBase64String(sealedText[Prefix.Length..], box, out var length)
            || length < _nonceLength + _tagLength)
        {
            return null;
        }

        var text = new byte[length - _nonceLength - _tagLength];
        using var cipher = new AesGcm(key, _tagLength);
        try
        {
            cipher.Decrypt(
                box.AsSpan(0, _nonceLength), box.AsSpan((_nonceLength + _tagLength)..length),
                box.AsSpan(_nonceLength, _tagLength), text, Encoding.UTF8.GetBytes(name));
            return Encoding.UTF8.GetString(text.AsSpan().TrimEnd((byte)0));
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
