using Microsoft.AspNetCore.Http.HttpResults;
using Sentinel.AdminApi.Operators;
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

    private static async Task<Results<NoContent, NotFound>> Ban(
        BindingReference request,
        BindingChanges changes,
        BindingAnnouncer announcer,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        var banned = await changes.By(context.Actor()).SetStateAsync(
            request.Id, _all, BindingState.Banned, cancellationToken);
        if (banned is null)
        {
            return TypedResults.NotFound();
        }

        await announcer.AnnounceAsync(banned);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> Unban(
        BindingReference request,
        BindingChanges changes,
        BindingQueries bindings,
        BindingAnnouncer announcer,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        var unbanned = await changes.By(context.Actor()).SetStateAsync(
            request.Id, [BindingState.Banned], BindingState.Active, cancellationToken);
        if (unbanned is not null)
        {
            await announcer.AnnounceAsync(unbanned);
            return TypedResults.NoContent();
        }

        return await bindings.FindAsync(request.Id, cancellationToken) is null
            ? TypedResults.NotFound()
            : TypedResults.Problem("The key is not banned.", statusCode: StatusCodes.Status409Conflict);
    }
}
