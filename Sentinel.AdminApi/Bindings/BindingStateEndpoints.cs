using Microsoft.AspNetCore.Http.HttpResults;
using Sentinel.AdminApi.Operators;
using Sentinel.AdminApi.Problems;
using Sentinel.Core.Contracts;
using Sentinel.Core.Decisions;
using Sentinel.Storage.Postgres;

namespace Sentinel.AdminApi.Bindings;

internal static class BindingStateEndpoints
{
    private static readonly BindingState[] _all = Enum.GetValues<BindingState>();

    public static void MapBindingStates(this IEndpointRouteBuilder bindings)
    {
        bindings.MapPost("/ban", Ban).WithName("BanBinding");
        bindings.MapPost("/unban", Unban).WithName("UnbanBinding");
    }

    private static async Task<Results<NoContent, Ok<BulkResult>, NotFound, ValidationProblem, ProblemHttpResult>> Ban(
        BindingReference request,
        BindingChanges changes,
        BindingAnnouncer announcer,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        Bulk.Check(request.Id, request.Ids, errors);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var mine = changes.By(context.Actor());
        return await Bulk.RunAsync(request.Id, request.Ids, BanOneAsync);

        async Task<BulkItem> BanOneAsync(Guid id)
        {
            if (await mine.SetStateAsync(id, _all, BindingState.Banned, cancellationToken) is not { } banned)
            {
                return Bulk.NotFound(id);
            }

            await announcer.AnnounceAsync(banned);
            return Bulk.Done(id);
        }
    }

    private static async Task<Results<NoContent, Ok<BulkResult>, NotFound, ValidationProblem, ProblemHttpResult>> Unban(
        BindingReference request,
        BindingChanges changes,
        BindingQueries bindings,
        BindingAnnouncer announcer,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        Bulk.Check(request.Id, request.Ids, errors);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var mine = changes.By(context.Actor());
        return await Bulk.RunAsync(request.Id, request.Ids, UnbanOneAsync);

        async Task<BulkItem> UnbanOneAsync(Guid id)
        {
            if (await mine.SetStateAsync(id, [BindingState.Banned], BindingState.Active, cancellationToken) is { } free)
            {
                await announcer.AnnounceAsync(free);
                return Bulk.Done(id);
            }

            return await bindings.FindAsync(id, cancellationToken) is null
                ? Bulk.NotFound(id)
                : Bulk.Conflict(id, "The key is not banned.");
        }
    }
}
