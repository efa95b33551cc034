using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Sentinel.AdminUi.Sessions;

/// <summary>
/// What the cookie holds, encrypted: the operator's name and role, the address of the sign-in and the admin API's
/// token. The token is read on the server only; it never reaches a page.
/// </summary>
internal static class SessionTicket
{
    private const string TokenClaim = "sentinel:token";
    private const string AddressClaim = "sentinel:address";

    public static Task IssueAsync(HttpContext context, string? address, OperatorSession session)
    {
        var identity = new ClaimsIdentity(CookieAuthenticationDefaults.AuthenticationScheme);
        identity.AddClaim(new Claim(ClaimTypes.Name, session.Username));
        identity.AddClaim(new Claim(ClaimTypes.Role, session.Role));
        identity.AddClaim(new Claim(TokenClaim, session.Token));
        if (address is not null)
        {
            identity.AddClaim(new Claim(AddressClaim, address));
        }

        var properties = new AuthenticationProperties { ExpiresUtc = session.ExpiresAt, AllowRefresh = false };
        return context.SignInAsync(new ClaimsPrincipal(identity), properties);
    }

    public static string? TokenOf(ClaimsPrincipal user) => user.FindFirstValue(TokenClaim);

    public static string? AddressOf(ClaimsPrincipal user) => user.FindFirstValue(AddressClaim);
}
