using Microsoft.Extensions.Options;

namespace Sentinel.AdminUi.Api;

internal static class AdminApiExtensions
{
    public static void AddAdminApi(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<AdminApiOptions>()
            .BindConfiguration(AdminApiOptions.SectionName)
            .Configure(options => options.Url ??= UriFrom(builder.Configuration["ADMIN_API_URL"]))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddHttpClient<AdminApiClient>(
            static (services, client) => Address(services, client, "/admin/api/")).RemoveAllLoggers();
        builder.Services.AddHttpClient(
            ApiLink.HealthClient, static (services, client) => Address(services, client, "/")).RemoveAllLoggers();
        builder.Services.AddScoped<ApiLink>();
        builder.Services.AddSingleton(TimeProvider.System);
    }

    private static Uri? UriFrom(string? text) => string.IsNullOrWhiteSpace(text) ? null : new Uri(text);

    public static void Address(IServiceProvider services, HttpClient client, string path)
    {
        var options = services.GetRequiredService<IOptions<AdminApiOptions>>().Value;
        client.BaseAddress = new Uri(options.Url!, path);
        client.Timeout = options.Timeout;
    }
}
