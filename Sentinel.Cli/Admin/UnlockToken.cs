using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Sentinel.Cli.Admin;

/// <summary>
/// A token that says nothing but that its holder has what signs the tokens of operators, for a minute: a private key in
/// PEM (RS256), else a secret (HS256).
/// </summary>
internal static class UnlockToken
{
    private const string Audience = "sentinel-unlock";

    /// <exception cref="CryptographicException">It is in PEM, but no private RSA key.</exception>
    public static string Sign(string secretOrKey)
    {
        if (!secretOrKey.Contains("-----BEGIN ", StringComparison.Ordinal))
        {
            return Sign("HS256", content => HMACSHA256.HashData(Encoding.UTF8.GetBytes(secretOrKey), content));
        }

        using var key = RSA.Create();
        try
        {
            key.ImportFromPem(secretOrKey);
        }
        catch (ArgumentException error)
        {
            throw new CryptographicException(error.Message, error);
        }

        return Sign("RS256", content => key.SignData(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    private static string Sign(string algorithm, Func<byte[], byte[]> sign)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var header = Encode($$"""{"alg":"{{algorithm}}","typ":"JWT"}""");
        var payload = Encode($$"""
            {"iss":"sentinel","aud":"{{Audience}}","sub":"local","nbf":{{now - 60}},"exp":{{now + 60}}}
            """);
        var signature = sign(Encoding.ASCII.GetBytes($"{header}.{payload}"));
        return $"{header}.{payload}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
