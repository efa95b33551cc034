using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes.Resources;
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.Kubernetes;

/// <summary>Deployment, ConfigMap, Secret and Service of one resource, named as the original names them.</summary>
internal static class PodObjects
{
    public static KubernetesResource Of(IResource resource, PodValues values)
    {
        var ports = resource.Annotations.OfType<EndpointAnnotation>()
            .Select(endpoint => (endpoint.Name, Port: new Int32OrStringV1(Publication.TargetPort(resource, endpoint))))
            .ToList();
        var objects = new KubernetesResource(resource.Name)
        {
            Workload = Deployment(resource, values, ports),
            ConfigMap = values.ConfigData.Count == 0 ? null : new ConfigMap { Metadata = Meta(resource, "config") },
            Secret = values.SecretData.Count == 0 ? null : new Secret { Metadata = Meta(resource, "secrets") },
            Service = ports.Count == 0 ? null : new Service { Metadata = Meta(resource, "service") },
        };
        foreach (var (name, text) in values.ConfigData)
        {
            objects.ConfigMap!.Data[name] = text;
        }

        foreach (var (name, text) in values.SecretData)
        {
            objects.Secret!.StringData[name] = text;
        }

        foreach (var (name, port) in ports)
        {
            objects.Service!.Spec.Selector = Labels(resource);
            objects.Service.Spec.Ports.Add(new() { Name = name, Protocol = "TCP", Port = port, TargetPort = port });
        }

        return objects;
    }

    private static Deployment Deployment(
        IResource resource, PodValues values, List<(string Name, Int32OrStringV1 Port)> ports)
    {
        var container = new ContainerV1 { Image = values.Image, Name = resource.Name };
        if (values.ConfigData.Count > 0)
        {
            container.EnvFrom.Add(new() { ConfigMapRef = new() { Name = $"{resource.Name}-config" } });
        }

        if (values.SecretData.Count > 0)
        {
            container.EnvFrom.Add(new() { SecretRef = new() { Name = $"{resource.Name}-secrets" } });
        }

        container.Ports.AddRange(ports.Select(port => new ContainerPortV1
        {
            Name = port.Name,
            Protocol = "TCP",
            ContainerPort = port.Port,
        }));
        var deployment = new Deployment { Metadata = Meta(resource, "deployment") };
        deployment.Spec.Template.Metadata.Labels = Labels(resource);
        deployment.Spec.Template.Spec.Containers.Add(container);
        deployment.Spec.Selector.MatchLabels = Labels(resource);
        deployment.Spec.Strategy.RollingUpdate = new() { MaxSurge = 1, MaxUnavailable = 1 };
        return deployment;
    }

    private static ObjectMetaV1 Meta(IResource resource, string kind) =>
        new() { Name = $"{resource.Name}-{kind}", Labels = Labels(resource) };

    private static Dictionary<string, string> Labels(IResource resource) => new()
    {
        ["app.kubernetes.io/name"] = "{{ .Chart.Name }}",
        ["app.kubernetes.io/component"] = resource.Name,
        ["app.kubernetes.io/instance"] = "{{ .Release.Name }}",
    };
}
