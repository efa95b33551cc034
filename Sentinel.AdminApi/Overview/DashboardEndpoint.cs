using Microsoft.AspNetCore.Http.HttpResults;
using Sentinel.Core.Contracts;
using Sentinel.Storage.Postgres;

namespace Sentinel.AdminApi.Overview;

internal static class DashboardEndpoint
{
    private const int TopEntries = 10;

    public static void MapDashboard(this IEndpointRouteBuilder api) =>
        api.MapGet("/dashboard", Get).WithName("GetDashboard").WithTags("Overview");

    private static async Task<Ok<Dashboard>> Get(
        Trend trend,
        OverviewQueries overview,
        InterceptQueries intercepts,
        SystemHealth health,
        CancellationToken cancellationToken)
    {
        var days = await trend.ReadAsync(cancellationToken);
        var today = days[^1];
        return TypedResults.Ok(new Dashboard(
            new DecisionCounts(today.Allowed, today.Bound, today.Intercepted),
            await overview.CountBindingsAsync(cancellationToken),
            days,
            await intercepts.TopReasonsAsync(TopEntries, cancellationToken),
            await intercepts.TopCallersAsync(TopEntries, cancellationToken),
            await intercepts.ListAsync(new InterceptFilter(Limit: TopEntries), cancellationToken),
            await health.CheckAsync(cancellationToken)));
    }
}
