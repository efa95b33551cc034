using Sentinel.AdminUi.Api;

namespace Sentinel.AdminUi.Exports;

internal static class ExportExtensions
{
    public static void AddExports(this IHostApplicationBuilder builder) =>
        builder.Services.AddHttpClient<LogExport>(
            static (services, client) => AdminApiExtensions.Address(services, client, "/admin/api/"))
            .RemoveAllLoggers();

    public static void MapExports(this IEndpointRouteBuilder app) =>
        app.MapGet("/export/intercepts", static async (HttpContext context, LogExport export) =>
        {
            try
            {
                await export.PassOnAsync(context);
            }
            catch (HttpRequestException) when (!context.Response.HasStarted)
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            }
        }).WithName("ExportIntercepts").RequireAuthorization();
}
