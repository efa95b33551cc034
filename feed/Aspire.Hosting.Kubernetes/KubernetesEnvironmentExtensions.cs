using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes;

namespace Aspire.Hosting;

public static class KubernetesEnvironmentExtensions
{
    public static IResourceBuilder<KubernetesEnvironmentResource> AddKubernetesEnvironment(
        this IDistributedApplicationBuilder builder, string name)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var environment = new KubernetesEnvironmentResource(name);
        builder.CreateResourceBuilder(environment.Dashboard)
            .WithAnnotation(new ContainerImageAnnotation
            {
                Image = "mcr.microsoft.com/dotnet/nightly/aspire-dashboard",
                Tag = "13.5",
            })
            .WithHttpEndpoint(targetPort: 18888)
            .WithHttpEndpoint(targetPort: 18889, name: "otlp-grpc")
            .WithHttpEndpoint(targetPort: 18890, name: "otlp-http");
        return builder.ExecutionContext.IsRunMode
            ? builder.CreateResourceBuilder(environment)
            : builder.AddResource(environment);
    }

    public static IResourceBuilder<KubernetesEnvironmentResource> WithHelm(
        this IResourceBuilder<KubernetesEnvironmentResource> builder, Action<HelmChartOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        configure?.Invoke(new HelmChartOptions(builder.Resource));
        return builder;
    }
}

public static class KubernetesServiceExtensions
{
    public static IResourceBuilder<T> PublishAsKubernetesService<T>(
        this IResourceBuilder<T> builder, Action<KubernetesResource> configure)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.ApplicationBuilder.ExecutionContext.IsPublishMode
            ? builder.WithAnnotation(new KubernetesServiceCustomizationAnnotation(configure))
            : builder;
    }
}
