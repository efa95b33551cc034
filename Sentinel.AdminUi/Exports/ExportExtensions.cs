using Sentinel.AdminUi.Api;

namespace Sentinel.AdminUi.Exports;

internal static class ExportExtensions
{
    public static void AddExports(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ExportRuns>();
        builder.Services.AddHttpClient<LogExport>(
            static (services, client) => AdminApiExtensions.Address(services, client, "/admin/api/"))
            .RemoveAllLoggers();
    }

    public static void MapExports(this IEndpointRouteBuilder app) =>
        app.MapGet("/export/intercepts/{run:guid?}", PassOn).WithName("ExportIntercepts").RequireAuthorization();

    private static Task PassOn(HttpContext context, LogExport export, ExportRuns runs, Guid? run) =>
        export.PassOnAsync(context, runs.Find(run));
}
