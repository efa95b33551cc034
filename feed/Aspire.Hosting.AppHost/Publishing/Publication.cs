using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Publishing;

/// <summary>Where a model is written as files: each package brings a compute environment of its own.</summary>
internal interface IPublishingEnvironment : IResource
{
    Task PublishAsync(Publication publication);
}

/// <summary>What is said of a resource for one kind of environment only.</summary>
internal interface IPublishingCustomization : IResourceAnnotation
{
    Type Environment { get; }
}

/// <summary><c>--operation publish --output-path DIR</c>: the model as files, and nothing is run.</summary>
internal sealed record Publication(
    string OutputPath,
    DistributedApplicationModel Model,
    DistributedApplicationExecutionContext Execution,
    CancellationToken CancellationToken)
{
    private const int UsualPort = 8080;

    public static bool IsAsked(IServiceProvider services) =>
        services.GetRequiredService<DistributedApplicationExecutionContext>().IsPublishMode;

    public static Task RunAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var model = services.GetRequiredService<DistributedApplicationModel>();
        var environments = model.Resources.OfType<IPublishingEnvironment>().ToList();
        if (environments is not [var environment])
        {
            throw new DistributedApplicationException(
                $"This feed publishes for one environment at a time; the model has {environments.Count}.");
        }

        RefuseStrangers(model, environment.GetType());
        return environment.PublishAsync(new Publication(
            Path.GetFullPath(services.GetRequiredService<IConfiguration>()["output-path"] ?? "aspire-output"),
            model,
            services.GetRequiredService<DistributedApplicationExecutionContext>(),
            cancellationToken));
    }

    /// <summary>What runs somewhere: projects and containers, in the order of the model.</summary>
    public IEnumerable<IResourceWithEnvironment> Runnables =>
        Model.Resources.OfType<IResourceWithEnvironment>().Where(r => r is ProjectResource or ContainerResource);

    /// <summary>The port inside the container; the original lets the deployment tool choose one.</summary>
    public static string TargetPort(IResource resource, EndpointAnnotation endpoint) =>
        (endpoint.TargetPort ?? (resource is ContainerResource ? endpoint.Port : null) ?? UsualPort)
            .ToString(CultureInfo.InvariantCulture);

    /// <summary>Apps that send telemetry send it to the environment's own dashboard.</summary>
    public static void SendTelemetry(IResource resource, string address, Dictionary<string, object> environment)
    {
        if (resource.Annotations.OfType<OtlpExporterAnnotation>().Any())
        {
            environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = address;
            environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc";
            environment["OTEL_SERVICE_NAME"] = resource.Name;
        }
    }

    /// <summary>As the original does: what is said for an environment that is not there would be lost.</summary>
    private static void RefuseStrangers(DistributedApplicationModel model, Type environment)
    {
        foreach (var resource in model.Resources)
        {
            var customizations = resource.Annotations.OfType<IPublishingCustomization>();
            if (customizations.FirstOrDefault(it => it.Environment != environment) is { } stranger)
            {
                throw new InvalidOperationException(
                    $"Resource '{resource.Name}' is configured for a '{stranger.Environment.Name}', "
                    + "but the model has none.");
            }
        }
    }
}
