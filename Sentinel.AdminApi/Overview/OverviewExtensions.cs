namespace Sentinel.AdminApi.Overview;

internal static class OverviewExtensions
{
    public static void AddOverview(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Trend>();
        builder.Services.AddSingleton<DearNumbers>();
        builder.Services.AddSingleton<SystemHealth>();
    }

    public static void MapOverview(this IEndpointRouteBuilder api) => api.MapDashboard();
}
