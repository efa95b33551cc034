using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Sentinel.Core.Contracts;

namespace Sentinel.AdminApi.Operators;

/// <summary>Issues the tokens that all other endpoints ask for.</summary>
internal sealed class TokenIssuer(IOptionsMonitor<OperatorOptions> options, TimeProvider clock)
{
    public const string Issuer = "sentinel";
    public const string Audience = "sentinel-admin";

    private readonly SigningCredentials _credentials =
        new(KeyOf(options.CurrentValue), SecurityAlgorithms.HmacSha256);

    public static SymmetricSecurityKey KeyOf(OperatorOptions options) =>
        new(Encoding.UTF8.GetBytes(options.JwtSecret));

    public LoginResponse Issue(Operator subject)
    {
        var now = clock.GetUtcNow();
        var end = now + options.CurrentValue.TokenLifetime;
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds(end.ToUnixTimeSeconds());
        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = expiresAt.UtcDateTime,
            Claims = new Dictionary<string, object>
            {
                [JwtRegisteredClaimNames.Sub] = subject.Username,
                [JwtRegisteredClaimNames.Jti] = Guid.NewGuid().ToString(),
            },
            SigningCredentials = _credentials,
        });
        return new LoginResponse(token, expiresAt);
    }
}
