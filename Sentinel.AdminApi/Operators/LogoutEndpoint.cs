using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.IdentityModel.JsonWebTokens;
using Sentinel.Storage.Postgres;

namespace Sentinel.AdminApi.Operators;

internal static class LogoutEndpoint
{
    public static void MapLogout(this IEndpointRouteBuilder api) =>
        api.MapPost("/logout", Logout).WithName("Logout").WithTags("Operators");

    private static async Task<NoContent> Logout(
        ClaimsPrincipal user, SessionQueries sessions, CancellationToken cancellationToken)
    {
        var token = Guid.Parse(user.FindFirstValue(JwtRegisteredClaimNames.Jti)!);
        var expiry = long.Parse(user.FindFirstValue(JwtRegisteredClaimNames.Exp)!, CultureInfo.InvariantCulture);
        await sessions.RevokeAsync(token, DateTimeOffset.FromUnixTimeSeconds(expiry), cancellationToken);
        return TypedResults.NoContent();
    }
}
