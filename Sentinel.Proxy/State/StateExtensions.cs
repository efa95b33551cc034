namespace Sentinel.Proxy.State;

internal static class StateExtensions
{
    public static void AddState(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<StateOptions>().BindConfiguration(StateOptions.SectionName);
        builder.Services.AddSingleton<StateFolder>();
    }
}
