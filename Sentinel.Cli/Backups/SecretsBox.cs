using System.Security.Cryptography;

namespace Sentinel.Cli.Backups;

/// <summary>
/// AES-256-GCM under a key that PBKDF2 derives from the passphrase. It also vouches for a text that is not secret: a
/// backup whose description was changed does not open.
/// </summary>
internal static class SecretsBox
{
    // https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html, PBKDF2-HMAC-SHA256
    private const int Iterations = 600_000;

    private const int SaltBytes = 16;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int KeyBytes = 32;
    private const int Head = SaltBytes + NonceBytes + TagBytes;

    /// <returns>Salt, nonce, tag and what was encrypted, one after the other.</returns>
    public static byte[] Close(byte[] secrets, byte[] vouchedFor, string passphrase)
    {
        var box = new byte[Head + secrets.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, SaltBytes + NonceBytes));
        using var cipher = Cipher(box, passphrase);
        cipher.Encrypt(Nonce(box), secrets, box.AsSpan(Head), Tag(box), vouchedFor);
        return box;
    }

    /// <exception cref="VerbException">The passphrase is another one, or something was changed.</exception>
    public static byte[] Open(byte[] box, byte[] vouchedFor, string passphrase)
    {
        if (box.Length < Head)
        {
            throw new VerbException("The backup is damaged: its secrets are cut off.");
        }

        var secrets = new byte[box.Length - Head];
        using var cipher = Cipher(box, passphrase);
        try
        {
            cipher.Decrypt(Nonce(box), box.AsSpan(Head), Tag(box), secrets, vouchedFor);
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new VerbException("The passphrase is not that of the backup, or the backup was changed.");
        }

        return secrets;
    }

    private static AesGcm Cipher(byte[] box, string passphrase) => new(
        Rfc2898DeriveBytes.Pbkdf2(
            passphrase, box.AsSpan(0, SaltBytes), Iterations, HashAlgorithmName.SHA256, KeyBytes),
        TagBytes);

    private static Span<byte> Nonce(byte[] box) => box.AsSpan(SaltBytes, NonceBytes);

    private static Span<byte> Tag(byte[] box) => box.AsSpan(SaltBytes + NonceBytes, TagBytes);
}
