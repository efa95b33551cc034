namespace Sentinel.Proxy.Callers;

internal static class CallerExtensions
{
    public static void AddCallers(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<CallerOptions>().BindConfiguration(CallerOptions.SectionName).ValidateOnStart();
        builder.Services.AddSingleton<ClientAddressResolver>();
    }
}
