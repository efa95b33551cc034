using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Docker;

namespace Aspire.Hosting;

public static class DockerComposeEnvironmentExtensions
{
    public static IResourceBuilder<DockerComposeEnvironmentResource> AddDockerComposeEnvironment(
        this IDistributedApplicationBuilder builder, string name)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var environment = new DockerComposeEnvironmentResource(name);
        var dashboard = builder.CreateResourceBuilder(environment.Dashboard)
            .WithAnnotation(new ContainerImageAnnotation
            {
                Image = "mcr.microsoft.com/dotnet/nightly/aspire-dashboard",
                Tag = "13.5",
            })
            .WithEndpoint(targetPort: 18888, scheme: "http", isExternal: true)
            .WithHttpEndpoint(targetPort: 18889, name: "otlp-grpc")
            .WithHttpEndpoint(targetPort: 18890, name: "otlp-http");
        environment.DashboardBuilder = dashboard;
        return builder.ExecutionContext.IsRunMode
            ? builder.CreateResourceBuilder(environment)
            : builder.AddResource(environment);
    }

    public static IResourceBuilder<DockerComposeEnvironmentResource> WithDashboard(
        this IResourceBuilder<DockerComposeEnvironmentResource> builder,
        Action<IResourceBuilder<DockerComposeAspireDashboardResource>> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        configure(builder.Resource.DashboardBuilder);
        return builder;
    }
}

public static class DockerComposeAspireDashboardResourceBuilderExtensions
{
    /// <summary>The port on the host; without one the dashboard is reachable from within only.</summary>
    public static IResourceBuilder<DockerComposeAspireDashboardResource> WithHostPort(
        this IResourceBuilder<DockerComposeAspireDashboardResource> builder, int? port = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var endpoint = builder.Resource.Annotations.OfType<EndpointAnnotation>().Single(e => e.Name == "http");
        endpoint.Port = port;
        endpoint.IsExternal = port is not null;
        return builder;
    }
}
