using Microsoft.AspNetCore.Http.HttpResults;
using Sentinel.Core.Contracts;

namespace Sentinel.AdminApi.Retention;

internal static class RetentionEndpoint
{
    public static void MapRetention(this IEndpointRouteBuilder api) =>
        api.MapPost("/retention/run", Run).WithName("RunRetention").WithTags("Retention");

    private static async Task<Results<Ok<RetentionReport>, ProblemHttpResult>> Run(
        RetentionRequest request, Sweep sweep, IHostApplicationLifetime life, CancellationToken cancellationToken)
    {
        if (request.DryRun)
        {
            return TypedResults.Ok(await sweep.PlanAsync(cancellationToken));
        }

        // A sweep that began goes on, even if nobody waits for its end any longer.
        return await sweep.RunAsync(life.ApplicationStopping) is { } report
            ? TypedResults.Ok(report)
            : TypedResults.Problem("A sweep is under way already.", statusCode: StatusCodes.Status409Conflict);
    }
}
