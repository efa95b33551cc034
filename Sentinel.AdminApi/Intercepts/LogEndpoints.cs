using Microsoft.AspNetCore.Http.HttpResults;
using Sentinel.AdminApi.Problems;
using Sentinel.Core.Contracts;
using Sentinel.Storage.Postgres;

namespace Sentinel.AdminApi.Intercepts;

internal static class LogEndpoints
{
    public static void MapLogs(this IEndpointRouteBuilder logs) => logs.MapGet("", List).WithName("ListLogs");

    private static async Task<Results<Ok<LogPage>, ValidationProblem>> List(
        [AsParameters] LogListRequest request, InterceptQueries intercepts, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var filter = request.Read(errors);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        // One more than was asked for tells whether there is a next stretch.
        var found = await intercepts.ListAsync(filter with { Limit = filter.Limit + 1 }, cancellationToken);
        return TypedResults.Ok(found.Count <= filter.Limit
            ? new LogPage(found, Next: null)
            : new LogPage([.. found.Take(filter.Limit)], LogListRequest.CursorAfter(found[filter.Limit - 1])));
    }
}
