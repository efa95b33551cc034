namespace Sentinel.Proxy.Forwarding;

internal static class DenialExtensions
{
    public static void AddDenials(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<DenialOptions>().BindConfiguration(DenialOptions.SectionName).ValidateOnStart();
        builder.Services.AddSingleton<DenialWriter>();
    }
}
