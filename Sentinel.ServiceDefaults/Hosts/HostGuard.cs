using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Sentinel.ServiceDefaults.Settings;

namespace Sentinel.ServiceDefaults.Hosts;

/// <summary>Answers under known names only. Health is asked by address, so it answers to all.</summary>
internal sealed class HostGuard(IOptions<AnsweredHosts> options, HostRefusal? refusal = null) : IStartupFilter
{
    private readonly string[] _hosts =
        [.. CommaList.Split(options.Value.Allowed), .. CommaList.Split(options.Value.Internal)];

    private bool GuardsNothing => CommaList.Split(options.Value.Allowed) is [] or ["*"];

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        var refuse = refusal ?? Refuse;
        if (!GuardsNothing)
        {
            app.Use(downstream => context => IsAnswered(context.Request) ? downstream(context) : refuse(context));
        }

        next(app);
    };

    private bool IsAnswered(HttpRequest request)
    {
        var host = request.Host.Host;
        foreach (var known in _hosts)
        {
            if (known.StartsWith("*.", StringComparison.Ordinal)
                ? host.EndsWith(known[1..], StringComparison.OrdinalIgnoreCase)
                : host.Equals(known, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return request.Path.StartsWithSegments("/health");
    }

    private static Task Refuse(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        context.Response.Headers["x-sentinel-reason"] = "bad_request";
        return Task.CompletedTask;
    }
}
