using Microsoft.AspNetCore.Server.Kestrel.Core;
using Sentinel.Proxy.Routes;

namespace Sentinel.Proxy.Forwarding;

internal static class RequestHygieneExtensions
{
    /// <summary>
    /// Also makes the server, which must not have started, refuse lines that end in LF alone, and show what a client
    /// names in <c>Connection</c>.
    /// </summary>
    public static void AddRequestHygiene(this IHostApplicationBuilder builder)
    {
        AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", true);
        builder.Services.Configure<KestrelServerOptions>(
            kestrel => kestrel.RequestHeaderEncodingSelector = ConnectionEncoding.For);
        builder.Services.AddSingleton<RoutePaths>();
        builder.Services.AddSingleton<RequestInspector>();
    }
}
