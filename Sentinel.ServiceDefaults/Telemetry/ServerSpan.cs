using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Sentinel.ServiceDefaults.Telemetry;

/// <summary>
/// Completes the server span that ASP.NET Core opens: status code, route and a readable name. It stands before all
/// other middleware, so that nothing answers without it.
/// </summary>
public sealed class ServerSpan : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(static downstream => context => Invoke(context, downstream));
        next(app);
    };

    /// <summary>Completes a span that is told although it was not sampled when the request came.</summary>
    public static void Catch(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is { Recorded: true } activity
            && activity.GetTagItem("http.request.method") is null)
        {
            _ = activity.SetTag("http.request.method", context.Request.Method)
                .SetTag("url.path", context.Request.Path.Value)
                .SetTag("url.scheme", context.Request.Scheme);
            Complete(context, activity);
        }
    }

    private static Task Invoke(HttpContext context, RequestDelegate next)
    {
        var activity = context.Features.Get<IHttpActivityFeature>()?.Activity;
        return activity is { IsAllDataRequested: true } ? InvokeTraced(context, next, activity) : next(context);
    }

    private static async Task InvokeTraced(HttpContext context, RequestDelegate next, Activity activity)
    {
        if (context.Request.Path.StartsWithSegments("/health"))
        {
            activity.IsAllDataRequested = false;
            activity.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }

        try
        {
            await next(context);
        }
        finally
        {
            Complete(context, activity);
        }
    }

    private static void Complete(HttpContext context, Activity activity)
    {
        var status = context.Response.StatusCode;
        activity.SetTag("http.response.status_code", status);
        if (status >= 500)
        {
            activity.SetTag("error.type", status.ToString(CultureInfo.InvariantCulture));
            activity.SetStatus(ActivityStatusCode.Error);
        }

        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        activity.SetTag("http.route", route);
        activity.DisplayName = route is null ? context.Request.Method : $"{context.Request.Method} {route}";
    }
}
