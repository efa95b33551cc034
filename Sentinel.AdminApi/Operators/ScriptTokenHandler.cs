using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Sentinel.Storage.Postgres;

namespace Sentinel.AdminApi.Operators;

/// <summary>Finds the operator behind the token of a script.</summary>
internal sealed class ScriptTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    TokenQueries tokens) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ScriptToken";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (ScriptTokens.Find(Request) is not { } token)
        {
            return AuthenticateResult.NoResult();
        }

        var caller = Context.Caller()?.ToIPAddress();
        if (await tokens.UseAsync(ScriptTokens.Hash(token), caller, Context.RequestAborted) is not var (user, name))
        {
            return AuthenticateResult.Fail("The token is not good any more.");
        }

        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user.Username)], SchemeName);
        Context.Features.Set(new SignedIn(user, Session: null, name));
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer";
        return Task.CompletedTask;
    }
}
