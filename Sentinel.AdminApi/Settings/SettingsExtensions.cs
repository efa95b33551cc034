namespace Sentinel.AdminApi.Settings;

internal static class SettingsExtensions
{
    public static void AddSettings(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<TrustedProxyCheck>();
}
