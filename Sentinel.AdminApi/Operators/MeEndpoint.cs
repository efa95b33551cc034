using Microsoft.AspNetCore.Http.HttpResults;
using Sentinel.Core.Contracts;
using Sentinel.Core.Operators;

namespace Sentinel.AdminApi.Operators;

internal static class MeEndpoint
{
    public static void MapMe(this IEndpointRouteBuilder api) =>
        api.MapGet("/me", Get).WithName("GetMe").WithTags("Operators").For(Role.Viewer);

    private static Ok<Myself> Get(HttpContext context)
    {
        var asker = context.SignedIn();
        return TypedResults.Ok(
            new Myself(asker.User.Username, Roles.NameOf(asker.Role), asker.Token, asker.User.ExpiresAt));
    }
}
