using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;

namespace Sentinel.AppHost;

/// <summary>What a pod of ours must not be able to do, and how it is known to be well.</summary>
internal static class Pod
{
    /// <summary>Where a volume is; the image has the folder, for its user alone.</summary>
    public const string StateFolder = "/var/lib/sentinel";

    /// <summary>Where the keys of the tokens of operators are.</summary>
    public const string TokenKeyFolder = "/run/jwt";

    // The user of the image, and what a file needs for it and nobody else to read it: 0440.
    private const int AppUser = 1654;
    private const int GroupReads = 0b100_100_000;

    // Longer than Sentinel drains its streams, so that a pod is never killed in the middle of it.
    private const int GraceSeconds = 350;

    public static void Harden(KubernetesResource resource)
    {
        // Secrets by reference: the chart names `<app>-secrets`, whoever keeps the secrets creates it.
        resource.Secret = null;
        var pod = resource.Workload!.PodTemplate.Spec;
        pod.AutomountServiceAccountToken = false;
        pod.TerminationGracePeriodSeconds = GraceSeconds;
        pod.SecurityContext = new() { RunAsNonRoot = true, SeccompProfile = new() { Type = "RuntimeDefault" } };
        pod.Volumes.Add(new() { Name = "tmp", EmptyDir = new() { SizeLimit = "2Gi" } });
        Harden(pod.Containers[0]);
        if (resource.Workload is Deployment deployment)
        {
            // The autoscaler says how many; none goes before its successor is ready.
            deployment.Spec.Replicas = null;
            deployment.Spec.Strategy.RollingUpdate = new() { MaxSurge = 1, MaxUnavailable = 0 };
        }
    }

    /// <summary>It outlives the container, not the pod: one that is drained has nothing left to keep.</summary>
    public static void KeepState(KubernetesResource resource)
    {
        var pod = resource.Workload!.PodTemplate.Spec;
        pod.Volumes.Add(new() { Name = "state", EmptyDir = new() { SizeLimit = "2Gi" } });
        pod.Containers[0].VolumeMounts.Add(new() { Name = "state", MountPath = StateFolder });
    }

    /// <summary>Routes and downstreams have names that only the operator knows: a map holds them.</summary>
    public static void ReadRoutes(KubernetesResource resource) =>
        resource.Workload!.PodTemplate.Spec.Containers[0].EnvFrom.Add(
            new() { ConfigMapRef = new() { Name = "sentinel-routes", Optional = true } });

    /// <summary>
    /// The keys by reference, like every secret. Whoever has none says so by an empty ADMIN_JWT_PRIVATE_KEY_FILE.
    /// </summary>
    public static void MountTokenKeys(KubernetesResource resource)
    {
        resource.Workload!.PodTemplate.Spec.SecurityContext!.FsGroup = AppUser;
        Mount(resource, "jwt", TokenKeyFolder, new() { SecretName = "admin-api-jwt", DefaultMode = GroupReads });
    }

    /// <summary>Stores that are run elsewhere may have a CA that the image does not know.</summary>
    public static void MountCa(KubernetesResource resource) =>
        Mount(resource, "ca", "/run/ca", new() { SecretName = "sentinel-ca" });

    private static void Mount(KubernetesResource resource, string name, string path, SecretVolumeSourceV1 secret)
    {
        secret.Optional = true;
        var pod = resource.Workload!.PodTemplate.Spec;
        pod.Volumes.Add(new() { Name = name, Secret = secret });
        pod.Containers[0].VolumeMounts.Add(new() { Name = name, MountPath = path });
    }

    private static void Harden(ContainerV1 container)
    {
        container.LivenessProbe = Probe("/health", failures: 6);
        container.ReadinessProbe = Probe("/health/ready", failures: 3);
        container.SecurityContext = new() { ReadOnlyRootFilesystem = true, AllowPrivilegeEscalation = false };
        container.SecurityContext.Capabilities = new() { Drop = { "ALL" } };
        container.VolumeMounts.Add(new() { Name = "tmp", MountPath = "/tmp" });
        container.Resources = new()
        {
            Requests = { ["cpu"] = "250m", ["memory"] = "256Mi" },
            Limits = { ["memory"] = "1Gi" },
        };
    }

    private static ProbeV1 Probe(string path, int failures) => new()
    {
        HttpGet = new() { Path = path, Port = "http" },
        PeriodSeconds = 5,
        TimeoutSeconds = 3,
        FailureThreshold = failures,
    };
}
