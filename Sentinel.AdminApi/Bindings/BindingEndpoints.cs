using Microsoft.AspNetCore.Http.HttpResults;
using Sentinel.AdminApi.Problems;
using Sentinel.Core.Contracts;
using Sentinel.Storage.Postgres;

namespace Sentinel.AdminApi.Bindings;

internal static class BindingEndpoints
{
    private const int ExactTotal = 10_000;
    private const int RecentIntercepts = 20;

    public static void MapBindingReads(this IEndpointRouteBuilder bindings)
    {
        bindings.MapGet("", List).WithName("ListBindings");
        bindings.MapGet("/{id:guid}", Get).WithName("GetBinding");
    }

    private static async Task<Results<Ok<BindingPage>, ValidationProblem>> List(
        [AsParameters] BindingListRequest request,
        BindingQueries bindings,
        LargeTotals largeTotals,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var filter = request.Read(errors);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var total = largeTotals.Knows(filter)
            ? ExactTotal + 1
            : await bindings.CountAsync(filter, ExactTotal + 1, cancellationToken);
        var isEstimate = total > ExactTotal;
        var areFew = !isEstimate && (filter.Text is not null || filter.Network is not null);
        var found = await bindings.ListAsync(filter with { Limit = filter.Limit + 1 }, areFew, cancellationToken);
        if (isEstimate)
        {
            largeTotals.Add(filter);
            total = Math.Max(total, await bindings.EstimateAsync(filter, cancellationToken));
        }

        var page = (filter.Offset / filter.Limit) + 1;
        var items = found.Take(filter.Limit).ToList();
        var next = found.Count > items.Count ? BindingCursor.Write(items[^1], filter.Order) : null;
        return TypedResults.Ok(new BindingPage(items, total, page, filter.Limit, isEstimate, next));
    }

    private static async Task<Results<Ok<BindingDetails>, NotFound>> Get(
        Guid id, BindingQueries bindings, InterceptQueries intercepts, CancellationToken cancellationToken)
    {
        if (await bindings.FindAsync(id, cancellationToken) is not { } binding)
        {
            return TypedResults.NotFound();
        }

        var filter = new InterceptFilter(BindingId: id, Limit: RecentIntercepts);
        return TypedResults.Ok(new BindingDetails(
            binding,
            await bindings.RefusedNetworksAsync(id, cancellationToken),
            await intercepts.ListAsync(filter, cancellationToken),
            await bindings.RecentAddressesAsync(id, cancellationToken)));
    }
}
