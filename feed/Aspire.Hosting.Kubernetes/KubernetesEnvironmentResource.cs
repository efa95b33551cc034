using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes.Resources;
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.Kubernetes;

public sealed class KubernetesEnvironmentResource : Resource, IPublishingEnvironment
{
    public KubernetesEnvironmentResource(string name)
        : base(name) => Dashboard = new ContainerResource($"{name}-dashboard");

    internal ContainerResource Dashboard { get; }

    internal HelmChart Chart { get; } = new();

    Task IPublishingEnvironment.PublishAsync(Publication publication) =>
        new ChartWriter(this, publication).WriteAsync();
}

public sealed class HelmChartOptions
{
    private readonly KubernetesEnvironmentResource _environment;

    internal HelmChartOptions(KubernetesEnvironmentResource environment) => _environment = environment;

    public HelmChartOptions WithChartName(string name)
    {
        _environment.Chart.Name = name;
        return this;
    }

    public HelmChartOptions WithChartDescription(string description)
    {
        _environment.Chart.Description = description;
        return this;
    }
}

/// <summary>The objects that one resource becomes, before they are written.</summary>
public partial class KubernetesResource : Resource
{
    internal KubernetesResource(string name)
        : base(name)
    {
    }

    public Workload? Workload { get; set; }

    public ConfigMap? ConfigMap { get; set; }

    public Secret? Secret { get; set; }

    public Service? Service { get; set; }

    internal IEnumerable<BaseKubernetesResource> Objects =>
        ((BaseKubernetesResource?[])[Workload, ConfigMap, Secret, Service]).OfType<BaseKubernetesResource>();
}

public sealed class KubernetesServiceCustomizationAnnotation : IPublishingCustomization
{
    public KubernetesServiceCustomizationAnnotation(Action<KubernetesResource> configure) => Configure = configure;

    public Action<KubernetesResource> Configure { get; }

    Type IPublishingCustomization.Environment => typeof(KubernetesEnvironmentResource);
}
