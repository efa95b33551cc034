using Microsoft.AspNetCore.Http.HttpResults;
using Sentinel.AdminApi.Problems;
using Sentinel.Core.Contracts;
using Sentinel.Core.Operators;
using Sentinel.Storage.Postgres;

namespace Sentinel.AdminApi.Operators;

internal static class UnlockEndpoint
{
    /// <summary>
    /// For admins, and for whoever is on the machine and knows the secret that signs the tokens: he may be the one
    /// admin there is, locked out.
    /// </summary>
    public static void MapUnlock(this IEndpointRouteBuilder api) =>
        api.MapPost("/unlock", Unlock).WithName("Unlock").WithTags("Operators")
            .For(Role.Admin).WithMetadata(new OpenToSecret());

    private static async Task<Results<NoContent, NotFound, ValidationProblem>> Unlock(
        UnlockRequest request, UserChanges changes, HttpContext context, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        OperatorNames.Check(request.Username, "username", errors);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        return await changes.By(context.Actor()).UnlockAsync(request.Username, cancellationToken) is not null
            ? TypedResults.NoContent()
            : TypedResults.NotFound();
    }
}

/// <summary>Marks an endpoint that takes a token which its holder signed himself.</summary>
internal sealed record OpenToSecret;
