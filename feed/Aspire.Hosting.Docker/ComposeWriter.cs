using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Docker.Resources;
using Aspire.Hosting.Publishing;
using Aspire.Hosting.Running;

namespace Aspire.Hosting.Docker;

/// <summary>Turns the model into <c>docker-compose.yaml</c> and <c>.env</c>.</summary>
internal sealed class ComposeWriter(DockerComposeEnvironmentResource environment, Publication publication)
{
    private const string Network = "aspire";

    private readonly ComposeFile _file = new();
    private readonly EnvFile _placeholders = new();

    public async Task WriteAsync()
    {
        _file.Networks[Network] = new Network { Driver = "bridge" };
        foreach (var resource in publication.Runnables.Prepend(environment.Dashboard))
        {
            _file.Services[resource.Name.ToLowerInvariant()] = await ServiceAsync(resource);
        }

        _file.Services[environment.Dashboard.Name].Restart = "always";
        Directory.CreateDirectory(publication.OutputPath);
        await File.WriteAllTextAsync(
            Path.Combine(publication.OutputPath, "docker-compose.yaml"), _file.ToYaml(), publication.CancellationToken);
        _placeholders.Save(Path.Combine(publication.OutputPath, ".env"));
    }

    private async Task<Service> ServiceAsync(IResource resource)
    {
        var service = new Service { Image = Image(resource), Networks = [Network] };
        if (resource is ContainerResource { Entrypoint: { } entrypoint })
        {
            service.Entrypoint.Add(entrypoint);
        }

        await AddEnvironmentAsync(resource, service);
        var arguments = await Callbacks.ArgumentsAsync(resource, publication.Execution, publication.CancellationToken);
        foreach (var argument in arguments)
        {
            // A shell reads the variable in the container; Compose must not put its own there.
            service.Command.Add(Text(argument).Replace("$", "$$", StringComparison.Ordinal));
        }

        AddPorts(resource, service);
        AddVolumes(resource, service);
        foreach (var wait in resource.Annotations.OfType<WaitAnnotation>())
        {
            if (wait.Resource is ProjectResource or ContainerResource)
            {
                service.DependsOn[wait.Resource.Name.ToLowerInvariant()] = new() { Condition = "service_started" };
            }
        }

        return service;
    }

    private async Task AddEnvironmentAsync(IResource resource, Service service)
    {
        var said = await Callbacks.EnvironmentAsync(resource, publication.Execution, publication.CancellationToken);
        foreach (var name in said.Keys.Where(name => name.StartsWith("OTEL_", StringComparison.Ordinal)).ToList())
        {
            if (name != "OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY")
            {
                said.Remove(name);
            }
        }

        Publication.SendTelemetry(resource, $"http://{environment.Dashboard.Name}:18889", said);
        foreach (var (name, value) in said)
        {
            service.Environment[name] = Text(value);
        }
    }

    private static void AddPorts(IResource resource, Service service)
    {
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
        {
            var inside = Publication.TargetPort(resource, endpoint);
            (endpoint.IsExternal ? service.Ports : service.Expose)
                .Add(endpoint is { IsExternal: true, Port: { } outside } ? $"{outside}:{inside}" : inside);
        }
    }

    private void AddVolumes(IResource resource, Service service)
    {
        foreach (var mount in resource.Annotations.OfType<ContainerMountAnnotation>())
        {
            service.Volumes.Add(new Volume
            {
                Type = "volume",
                Target = mount.Target,
                Source = mount.Source,
                ReadOnly = mount.IsReadOnly,
            });
            _file.Volumes.TryAdd(mount.Source!, new Volume { Driver = "local" });
        }
    }

    private string Image(IResource resource) =>
        resource.Annotations.OfType<ContainerImageAnnotation>().LastOrDefault()?.Reference
            ?? _placeholders.Add($"{Variable(resource.Name)}_IMAGE", $"Container image name for {resource.Name}");

    private string Text(object value) => value switch
    {
        ParameterResource parameter => _placeholders.Add(Variable(parameter.Name), $"Parameter {parameter.Name}"),
        IResourceWithConnectionString connection => Text(connection.ConnectionStringExpression),
        EndpointReference endpoint => $"{endpoint.Scheme}://{HostAndPort(endpoint)}",
        EndpointReferenceExpression { Property: EndpointProperty.Host } part => part.Endpoint.Resource.Name,
        EndpointReferenceExpression { Property: EndpointProperty.HostAndPort } part => HostAndPort(part.Endpoint),
        EndpointReferenceExpression part => Publication.TargetPort(
            part.Endpoint.Resource, part.Endpoint.EndpointAnnotation),
        ReferenceExpression expression => string.Format(
            null, expression.Format, [.. expression.ValueProviders.Select(Text)]),
        _ => value.ToString() ?? string.Empty,
    };

    private static string HostAndPort(EndpointReference endpoint) =>
        $"{endpoint.Resource.Name}:{Publication.TargetPort(endpoint.Resource, endpoint.EndpointAnnotation)}";

    private static string Variable(string name) => name.ToUpperInvariant().Replace('-', '_');
}
