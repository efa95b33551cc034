using Radzen;
using Sentinel.AdminUi.Components.Shared;

namespace Sentinel.AdminUi.Components;

internal static class PageExtensions
{
    public static void AddPages(this IHostApplicationBuilder builder)
    {
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddRadzenComponents();
        builder.Services.AddScoped<Outcomes>();
        builder.Services.AddScoped<BindingCommands>();
        builder.Services.AddScoped<BulkCommands>();
    }

    public static void MapPages(this IEndpointRouteBuilder app) =>
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(static options => options.ContentSecurityFrameAncestorsPolicy = null);
}
