namespace Sentinel.Proxy.Forwarding;

internal static class DenialExtensions
{
    public static void AddDenials(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<DenialOptions>()
            .BindConfiguration(DenialOptions.SectionName)
            .Validate(
                options => DenialCors.IsValid(options.CorsOrigins),
                "Sentinel:Denials:CorsOrigins (CORS_ORIGINS) lists origins such as https://chat.example.com, or *.")
            .ValidateOnStart();
        builder.Services.AddSingleton<DenialWriter>();
    }
}
