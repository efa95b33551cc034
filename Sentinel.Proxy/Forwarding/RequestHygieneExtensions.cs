namespace Sentinel.Proxy.Forwarding;

internal static class RequestHygieneExtensions
{
    /// <summary>Put it first: it also makes the server refuse lines that end in LF alone.</summary>
    /// <param name="app">The pipeline of a server that has not started.</param>
    /// <param name="routeOf">Names the route of a path: two places have two names.</param>
    public static void UseRequestHygiene(this IApplicationBuilder app, Func<string, string> routeOf)
    {
        AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", true);
        app.UseMiddleware<RequestHygieneMiddleware>(routeOf);
    }
}
