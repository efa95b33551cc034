using Microsoft.AspNetCore.Http.HttpResults;
using Sentinel.Core.Operators;
using Sentinel.Storage.Postgres;

namespace Sentinel.AdminApi.Operators;

internal static class LogoutEndpoint
{
    public static void MapLogout(this IEndpointRouteBuilder api) =>
        api.MapPost("/logout", Logout).WithName("Logout").WithTags("Operators").For(Role.Viewer);

    private static async Task<NoContent> Logout(
        HttpContext context, SessionQueries sessions, CancellationToken cancellationToken)
    {
        if (context.SignedIn().Session is { } session)
        {
            await sessions.EndAsync(session, cancellationToken);
        }

        return TypedResults.NoContent();
    }
}
