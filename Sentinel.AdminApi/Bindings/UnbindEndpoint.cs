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

    private static async
        Task<Results<NoContent, Ok<BulkResult>, NotFound, ValidationProblem, ProblemHttpResult>> Unbind(
        UnbindRequest request,
        BindingChanges changes,
        BindingQueries bindings,
        BindingAnnouncer announcer,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        Network next = default;
        Bulk.Check(request.Id, request.Ids, errors);
        errors.Check(
            request.Next is null || Network.TryParse(request.Next, out next), "next", FieldErrors.NetworkExpected);
        errors.Check(request.Next is null || !request.Release, "release", "Either name the next network or release.");
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var mine = changes.By(context.Actor());
        return await Bulk.RunAsync(request.Id, request.Ids, UnbindOneAsync);

        async Task<BulkItem> UnbindOneAsync(Guid id)
        {
            var changed = request.Next is null
                ? await mine.UnbindAsync(id, request.Release, cancellationToken)
                : await mine.RebindAsync(id, [next], cancellationToken);
            if (changed is null)
            {
                return await WhyNotAsync(id, bindings, cancellationToken);
            }

            await announcer.AnnounceAsync(changed);
            return Bulk.Done(id);
        }
    }

    private static async Task<BulkItem> WhyNotAsync(
        Guid id, BindingQueries bindings, CancellationToken cancellationToken)
    {
        if (await bindings.FindAsync(id, cancellationToken) is not { } binding)
        {
            return Bulk.NotFound(id);
        }

        if (binding.State == "banned")
        {
            return Bulk.Conflict(id, "The key is banned, and a ban outlives an unbind. Lift it first.");
        }

        return Bulk.Conflict(
            id, "Others were refused for this key and would bind it first. Name the next network, or release the key.")
            with
        {
            RefusedNetworks = await bindings.RefusedNetworksAsync(id, cancellationToken),
        };
    }
}
