using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Sentinel.Core.Operators;
using Sentinel.Storage.Postgres;

namespace Sentinel.AdminApi.Operators;

/// <summary>
/// When a token is believed: signed with a key of ours by the algorithm of that key and no other, not expired by our
/// clock, of a session that has not ended.
/// </summary>
internal sealed class TokenRules(TokenKeys keys, TimeProvider clock)
    : IConfigureNamedOptions<JwtBearerOptions>
{
    public void Configure(JwtBearerOptions options) => Configure(JwtBearerDefaults.AuthenticationScheme, options);

    public void Configure(string? name, JwtBearerOptions options)
    {
        options.IncludeErrorDetails = false;
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidIssuer = TokenIssuer.Issuer,
            ValidAudiences = [TokenIssuer.Audience, TokenIssuer.UnlockAudience],
            IssuerSigningKeys = keys.All,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            LifetimeValidator = (_, expires, _, _) => expires > clock.GetUtcNow().UtcDateTime,
        };
        options.Events = new JwtBearerEvents { OnTokenValidated = JudgeAsync };
    }

    private static async Task JudgeAsync(TokenValidatedContext context)
    {
        if (context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            return; // no token is needed there, so none is worth a trip: health answers whatever is away
        }

        var algorithm = context.SecurityToken switch
        {
            JsonWebToken token => token.Alg,
            JwtSecurityToken token => token.Header.Alg,
            _ => null,
        };
        if (!TokenKeys.Fits(context.SecurityToken.SigningKey, algorithm))
        {
            context.Fail("The token is not signed by the algorithm of its key.");
            return;
        }

        if (context.Principal!.FindFirstValue("aud") == TokenIssuer.UnlockAudience)
        {
            JudgeSecret(context);
            return;
        }

        var sessions = context.HttpContext.RequestServices.GetRequiredService<SessionQueries>();
        if (!Guid.TryParse(context.SecurityToken.Id, out var session)
            || await sessions.FindAsync(session, context.HttpContext.RequestAborted) is not { } user)
        {
            context.Fail("The session has ended.");
            return;
        }

        context.HttpContext.Features.Set(new SignedIn(user, session, Token: null));
    }

    /// <summary>
    /// Whoever signed a token himself knows the secret, but that it opens one door only keeps a stolen one from ruling.
    /// </summary>
    private static void JudgeSecret(TokenValidatedContext context)
    {
        if (context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<OpenToSecret>() is null)
        {
            context.Fail("This token is for another endpoint.");
            return;
        }

        var local = new SessionUser(Guid.Empty, "local", Role.Admin, context.SecurityToken.ValidTo);
        context.HttpContext.Features.Set(new SignedIn(local, Session: null, Token: null));
    }
}
