using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;

namespace Sentinel.AppHost;

/// <summary>The ports that people know; null where any free one will do.</summary>
internal sealed record Doors(int? Proxy, int? AdminApi, int? AdminUi, int Replicas);

internal static class DoorsExtensions
{
    public static Doors AddDoors(this IDistributedApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var replicas = configuration.GetValue<int?>("replicas") ?? configuration.GetValue("Sentinel:Replicas", 1);

        // A test and `aspire run --isolated` ask for free ports, so that several stacks run side by side.
        if (configuration.GetValue<bool>("DcpPublisher:RandomizePorts") || builder.ExecutionContext.IsPublishMode)
        {
            return new Doors(null, null, null, replicas);
        }

        builder.OpenDashboard();
        return new Doors(
            Door(configuration, "APP_PORT", 7000),
            Door(configuration, "ADMIN_API_PORT", 7001),
            Door(configuration, "ADMIN_UI_PORT", 7002),
            replicas);
    }

    private static void OpenDashboard(this IDistributedApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        configuration["ASPNETCORE_URLS"] = $"http://localhost:{Door(configuration, "DASHBOARD_PORT", 18888)}";
        configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] =
            $"http://localhost:{Door(configuration, "DASHBOARD_OTLP_PORT", 18889)}";
        configuration["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true";
    }

    private static int Door(IConfiguration configuration, string setting, int usual)
    {
        var port = configuration.GetValue(setting, usual);
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return port;
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new DistributedApplicationException(
                $"Port {port} is in use. Set {setting} to a free one, in the environment or in .env.");
        }
    }
}
