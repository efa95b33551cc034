using Microsoft.AspNetCore.Http.HttpResults;
using Sentinel.AdminApi.Operators;
using Sentinel.Core.Contracts;

namespace Sentinel.AdminApi.Retention;

internal static class RetentionEndpoint
{
    public static void MapRetention(this IEndpointRouteBuilder api) =>
        api.MapPost("/retention/run", Run).WithName("RunRetention").WithTags("Retention");

    // Whoever sends no document means a sweep; one who asks for a dry run in the query must never get a real one.
    private static async Task<Results<Ok<RetentionReport>, ProblemHttpResult>> Run(
        RetentionRequest? request,
        bool? dryRun,
        Sweep sweep,
        HttpContext context,
        IHostApplicationLifetime life,
        CancellationToken cancellationToken)
    {
        if (request?.DryRun is true || dryRun is true)
        {
            return TypedResults.Ok(await sweep.PlanAsync(cancellationToken));
        }

        // A sweep that began goes on, even if nobody waits for its end any longer.
        return await sweep.RunAsync(life.ApplicationStopping, context.Actor()) is { } report
            ? TypedResults.Ok(report)
            : TypedResults.Problem("A sweep is under way already.", statusCode: StatusCodes.Status409Conflict);
    }
}
