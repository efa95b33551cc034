using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Sentinel.Core.Contracts;
using Sentinel.Storage.Postgres;

namespace Sentinel.AdminApi.Operators;

/// <summary>Opens sessions and issues the tokens that prove them.</summary>
internal sealed class TokenIssuer(
    SessionQueries sessions, TokenKeys keys, IOptionsMonitor<OperatorOptions> options, TimeProvider clock)
{
    public const string Issuer = "sentinel";
    public const string Audience = "sentinel-admin";
    public const string UnlockAudience = "sentinel-unlock";

    public async Task<LoginResponse> IssueAsync(AdminUser subject, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var end = now + options.CurrentValue.TokenLifetime;
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds(end.ToUnixTimeSeconds());
        var session = Guid.NewGuid();
        await sessions.OpenAsync(session, subject.Id, expiresAt, cancellationToken);
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
                [JwtRegisteredClaimNames.Jti] = session.ToString(),
            },
            SigningCredentials = keys.Signing,
        });
        return new LoginResponse(token, expiresAt);
    }
}
