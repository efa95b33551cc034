using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting;

public static class ProjectResourceBuilderExtensions
{
    /// <summary>
    /// Launch profiles of the projects are not read here: name none (<c>launchProfileName: null</c>).
    /// </summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder, string name, string? launchProfileName)
        where TProject : IProjectMetadata, new()
    {
        if (launchProfileName is not null)
        {
            throw new DistributedApplicationException(
                $"The project '{name}' names the launch profile '{launchProfileName}'; this feed reads none.");
        }

        var project = builder.AddResource(new ProjectResource(name))
            .WithAnnotation(new TProject())
            .WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory")
            .WithOtlpExporter();
        return builder.ExecutionContext.IsPublishMode
            ? project.WithEnvironment(SetPorts)
            : project
                .WithEnvironment("LOGGING__CONSOLE__FORMATTERNAME", "simple")
                .WithEnvironment("LOGGING__CONSOLE__FORMATTEROPTIONS__TIMESTAMPFORMAT", "yyyy-MM-ddTHH:mm:ss.fffffff ")
                .WithEnvironment(SetAspNetCoreUrls);
    }

    public static IResourceBuilder<ProjectResource> DisableForwardedHeaders(
        this IResourceBuilder<ProjectResource> builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(
            new DisableForwardedHeadersAnnotation(), ResourceAnnotationMutationBehavior.Replace);
    }

    private static void SetPorts(EnvironmentCallbackContext context)
    {
        var endpoints = context.Resource.Annotations.OfType<EndpointAnnotation>().ToList();
        if (endpoints.Count > 0 && !context.Resource.Annotations.OfType<DisableForwardedHeadersAnnotation>().Any())
        {
            context.EnvironmentVariables["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true";
        }

        if (endpoints.Where(endpoint => endpoint.UriScheme == "http").ToList() is { Count: > 0 } http)
        {
            context.EnvironmentVariables["HTTP_PORTS"] =
                string.Join(';', http.Select(endpoint => Publication.TargetPort(context.Resource, endpoint)));
        }
    }

    private static void SetAspNetCoreUrls(EnvironmentCallbackContext context)
    {
        var endpoints = context.Resource.Annotations.OfType<EndpointAnnotation>()
            .Where(endpoint => endpoint.UriScheme is "http" or "https")
            .Select(endpoint => $"{endpoint.UriScheme}://{endpoint.TargetHost}:{endpoint.AllocatedEndpoint!.Port}")
            .ToList();
        if (endpoints.Count > 0)
        {
            context.EnvironmentVariables.TryAdd("ASPNETCORE_URLS", string.Join(';', endpoints));
        }
    }
}
