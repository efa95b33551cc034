using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Sentinel.AdminApi.Operators;

/// <summary>
/// The keys of the tokens: one signs; what the one before it signed is believed until it expires, so that a rotation
/// signs nobody out. Each key is good for one algorithm, whatever a token says of itself.
/// </summary>
internal sealed class TokenKeys : IDisposable
{
    private readonly List<RSA> _pairs = [];

    public TokenKeys(IOptions<OperatorOptions> options)
    {
        var given = options.Value;
        var young = KeyOf(given.JwtPrivateKeyFile);
        SecurityKey?[] all =
        [
            young, KeyOfSecret(given.JwtSecret),
            KeyOf(given.JwtPreviousKeyFile), KeyOfSecret(given.JwtPreviousSecret),
        ];
        All = [.. all.OfType<SecurityKey>()];
        Signing = new SigningCredentials(
            All[0], young is null ? SecurityAlgorithms.HmacSha256 : SecurityAlgorithms.RsaSha256);
    }

    /// <summary>Signs: by RS256 where there is a private key, else by HS256.</summary>
    public SigningCredentials Signing { get; }

    /// <summary>Those whose signatures are believed.</summary>
    public IReadOnlyList<SecurityKey> All { get; }

    /// <summary>Whether a key signs by that algorithm: a public key is never taken for a secret.</summary>
    public static bool Fits(SecurityKey? key, string? algorithm) => (key, algorithm) is
        (RsaSecurityKey, SecurityAlgorithms.RsaSha256) or (SymmetricSecurityKey, SecurityAlgorithms.HmacSha256);

    public void Dispose() => _pairs.ForEach(pair => pair.Dispose());

    private static SymmetricSecurityKey? KeyOfSecret(string? secret) =>
        string.IsNullOrEmpty(secret) ? null : new SymmetricSecurityKey(Encoding.UTF8.GetBytes(secret));

    private RsaSecurityKey? KeyOf(string? file)
    {
        if (string.IsNullOrEmpty(file))
        {
            return null;
        }

        var pair = RSA.Create();
        _pairs.Add(pair);
        pair.ImportFromPem(File.ReadAllText(file));
        var name = SHA256.HashData(pair.ExportSubjectPublicKeyInfo());
        return new RsaSecurityKey(pair) { KeyId = Base64Url.EncodeToString(name.AsSpan(..12)) };
    }
}
