using Sentinel.Proxy.Trail;

namespace Sentinel.Proxy.Callers;

internal static class ChainExtensions
{
    /// <summary>Adds what notes, for the operator, by which chains requests come.</summary>
    public static void AddChainWatch(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ChainWatch>();
        builder.Services.AddSingleton<ITrailWriter>(services => services.GetRequiredService<ChainWatch>());
    }
}
