using System.IdentityModel.Tokens.Jwt;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Sentinel.AdminApi.Operators;

/// <summary>When a token is believed: signed with our secret by HS256 and nothing else, and not expired by our clock.</summary>
internal sealed class TokenRules(IOptions<OperatorOptions> operators, TimeProvider clock)
    : IConfigureNamedOptions<JwtBearerOptions>
{
    public void Configure(JwtBearerOptions options) => Configure(JwtBearerDefaults.AuthenticationScheme, options);

    public void Configure(string? name, JwtBearerOptions options)
    {
        options.IncludeErrorDetails = false;
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidIssuer = TokenIssuer.Issuer,
            ValidAudience = TokenIssuer.Audience,
            IssuerSigningKey = TokenIssuer.KeyOf(operators.Value),
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            LifetimeValidator = (_, expires, _, _) => expires > clock.GetUtcNow().UtcDateTime,
        };
        options.Events = new JwtBearerEvents { OnTokenValidated = RefuseOtherAlgorithms };
    }

    private static Task RefuseOtherAlgorithms(TokenValidatedContext context)
    {
        var algorithm = context.SecurityToken switch
        {
            JsonWebToken token => token.Alg,
            JwtSecurityToken token => token.Header.Alg,
            _ => null,
        };
        if (algorithm != SecurityAlgorithms.HmacSha256)
        {
            context.Fail("The token is not signed by HS256.");
        }

        return Task.CompletedTask;
    }
}
