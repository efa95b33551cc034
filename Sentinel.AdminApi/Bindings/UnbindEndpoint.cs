using Microsoft.AspNetCore.Http.HttpResults;
using Sentinel.AdminApi.Operators;
using Sentinel.AdminApi.Problems;
using Sentinel.Core.Callers;
using Sentinel.Core.Contracts;
using Sentinel.Storage.Postgres;

namespace Sentinel.AdminApi.Bindings;

internal static class UnbindEndpoint
{
    public static void MapUnbind(this IEndpointRouteBuilder bindings) =>
        bindings.MapPost("/unbind", Unbind).WithName("UnbindBinding");

    private static async Task<Results<NoContent, NotFound, ValidationProblem, ProblemHttpResult>> Unbind(
        UnbindRequest request,
        BindingChanges changes,
        BindingQueries bindings,
        BindingAnnouncer announcer,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        Network next = default;
        errors.Check(
            request.Next is null || Network.TryParse(request.Next, out next), "next", FieldErrors.NetworkExpected);
        errors.Check(request.Next is null || !request.Release, "release", "Either name the next network or release.");
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var changed = request.Next is null
            ? await changes.By(context.Actor()).UnbindAsync(request.Id, request.Release, cancellationToken)
            : await changes.By(context.Actor()).RebindAsync(request.Id, [next], cancellationToken);
        if (changed is null)
        {
            return await WhyNot(request.Id, bindings, cancellationToken);
        }

        await announcer.AnnounceAsync(changed);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, NotFound, ValidationProblem, ProblemHttpResult>> WhyNot(
        Guid id, BindingQueries bindings, CancellationToken cancellationToken)
    {
        if (await bindings.FindAsync(id, cancellationToken) is not { } binding)
        {
            return TypedResults.NotFound();
        }

        if (binding.State == "banned")
        {
            return TypedResults.Problem(
                "The key is banned, and a ban outlives an unbind. Lift it first.",
                statusCode: StatusCodes.Status409Conflict);
        }

        var refused = await bindings.RefusedNetworksAsync(id, cancellationToken);
        return TypedResults.Problem(
            "Others were refused for this key and would bind it first. Name the next network, or release the key.",
            statusCode: StatusCodes.Status409Conflict,
            extensions: new Dictionary<string, object?> { ["refusedNetworks"] = refused });
    }
}
