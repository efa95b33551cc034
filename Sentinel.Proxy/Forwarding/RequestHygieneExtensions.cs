namespace Sentinel.Proxy.Forwarding;

internal static class RequestHygieneExtensions
{
    private const string OwnPaths = "/health";

    /// <summary>
    /// Also makes the server, which must not have started, refuse lines that end in LF alone.
    /// </summary>
    public static void AddRequestHygiene(this IHostApplicationBuilder builder)
    {
        AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", true);
        builder.Services.AddSingleton(new RequestInspector(RouteOf));
    }

    /// <summary>Everything leads to downstream but what this app answers itself.</summary>
    private static string RouteOf(string path) =>
        path.StartsWith(OwnPaths, StringComparison.OrdinalIgnoreCase) ? path : "";
}
