using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Sentinel.AppHost;

/// <summary>Healthy as soon as the server takes connections.</summary>
internal sealed class TcpHealthCheck(EndpointReference endpoint) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", endpoint.Port, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (SocketException exception)
        {
            return HealthCheckResult.Unhealthy($"Port {endpoint.Port} takes no connection.", exception);
        }
    }
}

internal static class TcpHealthCheckExtensions
{
    public static IResourceBuilder<T> WithTcpHealthCheck<T>(this IResourceBuilder<T> builder, string endpointName)
        where T : IResourceWithEndpoints
    {
        var key = $"{builder.Resource.Name}_{endpointName}_check";
        var endpoint = builder.GetEndpoint(endpointName);
        builder.ApplicationBuilder.Services.AddHealthChecks().AddCheck(key, new TcpHealthCheck(endpoint));
        return builder.WithHealthCheck(key);
    }
}
