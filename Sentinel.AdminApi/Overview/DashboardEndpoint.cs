using Microsoft.AspNetCore.Http.HttpResults;
using Sentinel.Core.Contracts;
using Sentinel.Storage.Postgres;

namespace Sentinel.AdminApi.Overview;

internal static class DashboardEndpoint
{
    private const int RecentEntries = 10;

    public static void MapDashboard(this IEndpointRouteBuilder api) =>
        api.MapGet("/dashboard", Get).WithName("GetDashboard").WithTags("Overview");

    private static async Task<Ok<Dashboard>> Get(
        Trend trend,
        DearNumbers dear,
        InterceptQueries intercepts,
        SystemHealth health,
        CancellationToken cancellationToken)
    {
        var days = await trend.ReadAsync(cancellationToken);
        var today = days[^1];
        var numbers = await dear.ReadAsync(cancellationToken);
        return TypedResults.Ok(new Dashboard(
            new DecisionCounts(today.Allowed, today.Bound, today.Intercepted),
            numbers.Bindings,
            days,
            numbers.TopReasons,
            numbers.TopCallers,
            numbers.TopKeys,
            await intercepts.ListAsync(new InterceptFilter(Limit: RecentEntries), cancellationToken),
            await health.CheckAsync(cancellationToken)));
    }
}
