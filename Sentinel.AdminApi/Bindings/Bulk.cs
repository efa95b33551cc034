using Microsoft.AspNetCore.Http.HttpResults;
using Sentinel.AdminApi.Problems;
using Sentinel.Core.Contracts;

namespace Sentinel.AdminApi.Bindings;

/// <summary>Does to one binding or to many what is said once, and answers for one or for each.</summary>
internal static class Bulk
{
    private const int MaxIds = 500;

    /// <summary>Notes what is wrong with how the bindings are named.</summary>
    public static void Check(Guid? id, IReadOnlyList<Guid>? ids, FieldErrors errors)
    {
        errors.Check(id is not null || ids is not null, "id", "Name a binding by id, or many by ids.");
        errors.Check(id is null || ids is null, "ids", "Either id or ids.");
        errors.Check(ids is null or { Count: >= 1 and <= MaxIds }, "ids", $"1 to {MaxIds} bindings.");
    }

    public static async
        Task<Results<NoContent, Ok<BulkResult>, NotFound, ValidationProblem, ProblemHttpResult>> RunAsync(
        Guid? id, IReadOnlyList<Guid>? ids, Func<Guid, Task<BulkItem>> change)
    {
        if (ids is null)
        {
            return Answer(await change(id!.Value));
        }

        return await RunManyAsync(ids, change);
    }

    public static async Task<Ok<BulkResult>> RunManyAsync(IReadOnlyList<Guid> ids, Func<Guid, Task<BulkItem>> change)
    {
        var results = new List<BulkItem>(ids.Count);
        foreach (var one in ids)
        {
            results.Add(await change(one));
        }

        return TypedResults.Ok(new BulkResult(results));
    }

    public static BulkItem Done(Guid id) => new(id, StatusCodes.Status204NoContent);

    public static BulkItem NotFound(Guid id) => new(id, StatusCodes.Status404NotFound);

    public static BulkItem Conflict(Guid id, string detail) => new(id, StatusCodes.Status409Conflict, detail);

    private static Results<NoContent, Ok<BulkResult>, NotFound, ValidationProblem, ProblemHttpResult> Answer(
        BulkItem item) => item.Status switch
        {
            StatusCodes.Status204NoContent => TypedResults.NoContent(),
            StatusCodes.Status404NotFound => TypedResults.NotFound(),
            _ => TypedResults.Problem(
                item.Detail,
                statusCode: item.Status,
                extensions: item.RefusedNetworks is null
                    ? null
                    : new Dictionary<string, object?> { ["refusedNetworks"] = item.RefusedNetworks }),
        };
}
