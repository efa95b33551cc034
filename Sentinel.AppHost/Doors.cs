using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;

namespace Sentinel.AppHost;

/// <summary>The ports that people know, null where any free one will do; published apps all listen inside.</summary>
internal sealed record Doors(int? Proxy, int? AdminApi, int? AdminUi, int Replicas, int? Inside = null)
{
    /// <summary>The dashboard, where the traces are; null if nobody knows its address.</summary>
    public string? Dashboard { get; init; }
}

internal static class DoorsExtensions
{
    // What a killed run left behind is ended within this time, by the guard that outlives it.
    private static readonly TimeSpan AfterCrash = TimeSpan.FromSeconds(10);

    public static Doors AddDoors(this IDistributedApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var replicas = configuration.GetValue<int?>("replicas") ?? configuration.GetValue("Sentinel:Replicas", 1);

        // A test and `aspire run --isolated` ask for free ports, so that several stacks run side by side.
        if (builder.ExecutionContext.IsPublishMode)
        {
            // Kubernetes multiplies one deployment; Compose restarts two services one after the other.
            return new Doors(null, null, null, builder.PublishTarget() == Publishing.Kubernetes ? 1 : 2, Inside: 8080);
        }

        if (configuration.GetValue<bool>("DcpPublisher:RandomizePorts"))
        {
            return new Doors(null, null, null, replicas);
        }

        var dashboard = $"http://localhost:{builder.Door("DASHBOARD_PORT", 18888)}";
        configuration["ASPNETCORE_URLS"] = dashboard;
        configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] =
            $"http://localhost:{builder.Door("DASHBOARD_OTLP_PORT", 18889)}";
        configuration["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true";
        return new Doors(
            builder.Door("APP_PORT", 7000),
            builder.Door("ADMIN_API_PORT", 7001),
            builder.Door("ADMIN_UI_PORT", 7002),
            replicas)
        {
            Dashboard = dashboard,
        };
    }

    /// <summary>Lets the console lead from a refusal to its trace.</summary>
    public static IResourceBuilder<ProjectResource> WithTraces(
        this IResourceBuilder<ProjectResource> console, Doors doors) => doors.Dashboard is null
        ? console
        : console.WithEnvironment("Sentinel__AdminApi__TracesUrl", doors.Dashboard);

    private static int Door(this IDistributedApplicationBuilder builder, string setting, int usual)
    {
        var port = builder.Configuration.GetValue(setting, usual);
        bool IsFree() => !IsTaken(IPAddress.Loopback, port) && !IsTaken(IPAddress.IPv6Loopback, port);
        var patience = StateFolder.Of(builder).HasCrashed ? AfterCrash : TimeSpan.Zero;
        return SpinWait.SpinUntil(IsFree, patience)
            ? port
            : throw new DistributedApplicationException(
                $"Port {port} is in use. Set {setting} to a free one, in the environment or in .env.");
    }

    private static bool IsTaken(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return false;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode == SocketError.AddressAlreadyInUse;
        }
    }
}
