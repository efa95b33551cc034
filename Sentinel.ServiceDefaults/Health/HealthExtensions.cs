using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Sentinel.ServiceDefaults.Health;

internal static class HealthExtensions
{
    private static readonly HealthAnswer _ok = new("ok");

    public static void MapHealthEndpoints(this IEndpointRouteBuilder app)
    {
        var health = app.MapGroup("/health").AllowAnonymous().DisableHttpMetrics();
        health.MapGet("", () => TypedResults.Ok(_ok));
        health.MapGet("/ready", Ready);
    }

    private static async Task<JsonHttpResult<HealthAnswer>> Ready(
        Readiness readiness, CancellationToken cancellationToken)
    {
        var answer = await readiness.CheckAsync(cancellationToken);
        var status = answer.Status == "starting" ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        return TypedResults.Json(answer, statusCode: status);
    }
}
