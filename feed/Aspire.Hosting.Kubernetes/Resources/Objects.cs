using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

public abstract class BaseKubernetesObject(string? apiVersion = null, string? kind = null)
{
    [YamlMember(Order = -3)]
    public string? ApiVersion { get; set; } = apiVersion;

    [YamlMember(Order = -2)]
    public string? Kind { get; set; } = kind;
}

public abstract class BaseKubernetesResource(string apiVersion, string kind) : BaseKubernetesObject(apiVersion, kind)
{
    [YamlMember(Order = -1)]
    public ObjectMetaV1 Metadata { get; set; } = new();
}

public sealed class ObjectMetaV1
{
    public string Name { get; set; } = null!;

    public Dictionary<string, string> Labels { get; set; } = [];
}

public abstract class Workload(string apiVersion, string kind) : BaseKubernetesResource(apiVersion, kind)
{
    [YamlIgnore]
    public abstract PodTemplateSpecV1 PodTemplate { get; }
}

public sealed class Deployment() : Workload("apps/v1", "Deployment")
{
    public DeploymentSpecV1 Spec { get; set; } = new();

    [YamlIgnore]
    public override PodTemplateSpecV1 PodTemplate => Spec.Template;
}

public sealed class DeploymentSpecV1
{
    public PodTemplateSpecV1 Template { get; set; } = new();

    public LabelSelectorV1 Selector { get; set; } = new();

    public int? Replicas { get; set; } = 1;

    public int? RevisionHistoryLimit { get; set; } = 3;

    public DeploymentStrategyV1 Strategy { get; set; } = new();
}

public sealed class LabelSelectorV1
{
    public Dictionary<string, string> MatchLabels { get; set; } = [];
}

public sealed class DeploymentStrategyV1
{
    public RollingUpdateDeploymentV1 RollingUpdate { get; set; } = new();

    public string Type { get; set; } = "RollingUpdate";
}

public sealed class RollingUpdateDeploymentV1
{
    public int MaxSurge { get; set; }

    public int MaxUnavailable { get; set; }
}

public sealed class ConfigMap() : BaseKubernetesResource("v1", "ConfigMap")
{
    public Dictionary<string, string> Data { get; } = [];
}

public sealed class Secret() : BaseKubernetesResource("v1", "Secret")
{
    public Dictionary<string, string> StringData { get; } = [];

    public string Type { get; set; } = "Opaque";
}

public sealed class Service() : BaseKubernetesResource("v1", "Service")
{
    public ServiceSpecV1 Spec { get; set; } = new();
}

public sealed class ServiceSpecV1
{
    public string Type { get; set; } = "ClusterIP";

    public Dictionary<string, string> Selector { get; set; } = [];

    public List<ServicePortV1> Ports { get; } = [];
}

public sealed class ServicePortV1
{
    public string Name { get; set; } = null!;

    public string Protocol { get; set; } = null!;

    public Int32OrStringV1 Port { get; set; } = null!;

    public Int32OrStringV1 TargetPort { get; set; } = null!;
}

internal sealed class HelmChart
{
    public string ApiVersion { get; set; } = "v2";

    public string Name { get; set; } = "aspire";

    public string Version { get; set; } = "0.1.0";

    public string KubeVersion { get; set; } = ">= 1.18.0-0";

    public string Description { get; set; } = "Aspire Helm Chart";

    public string Type { get; set; } = "application";

    public List<string> Keywords { get; } = ["aspire", "kubernetes"];

    public string AppVersion { get; set; } = "0.1.0";

    public bool Deprecated { get; set; }
}
