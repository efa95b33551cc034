namespace Sentinel.AdminApi.Intercepts;

internal static class InterceptExtensions
{
    public static void AddIntercepts(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<LogExport>();

    public static void MapIntercepts(this IEndpointRouteBuilder api)
    {
        var logs = api.MapGroup("/logs").WithTags("Intercepts");
        logs.MapLogs();
        logs.MapLogExport();
    }
}
