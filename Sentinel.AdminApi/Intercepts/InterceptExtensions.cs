namespace Sentinel.AdminApi.Intercepts;

internal static class InterceptExtensions
{
    public static void MapIntercepts(this IEndpointRouteBuilder api)
    {
        var logs = api.MapGroup("/logs").WithTags("Intercepts");
        logs.MapLogs();
    }
}
