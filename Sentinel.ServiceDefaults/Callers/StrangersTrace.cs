using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Sentinel.ServiceDefaults.Callers;

/// <summary>
/// Takes the trace off a stranger's request before ASP.NET Core begins its span. In development only, where a trusted
/// proxy shows no secret by which <see cref="TrustedTraceContext"/> could know it: it costs what a context costs.
/// </summary>
internal sealed class StrangersTrace(
    IServiceProvider services, ClientAddressResolver callers, DistributedContextPropagator traces) : IHttpContextFactory
{
    private readonly DefaultHttpContextFactory _contexts = new(services);

    public HttpContext Create(IFeatureCollection featureCollection)
    {
        var context = _contexts.Create(featureCollection);
        if (!callers.IsTrustedPeer(context))
        {
            foreach (var name in traces.Fields)
            {
                context.Request.Headers.Remove(name);
            }
        }

        return context;
    }

    public void Dispose(HttpContext httpContext) => _contexts.Dispose(httpContext);
}
