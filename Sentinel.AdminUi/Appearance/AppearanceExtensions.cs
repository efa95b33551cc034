namespace Sentinel.AdminUi.Appearance;

internal static class AppearanceExtensions
{
    public static void AddAppearance(this IHostApplicationBuilder builder) => builder.Services.AddScoped<Words>();
}
