using System.Globalization;

namespace Sentinel.Tests.Distributed.Publishing;

public sealed class ChartTests(Published published) : IClassFixture<Published>
{
    private static readonly string[] _apps = ["proxy", "admin-api", "admin-ui"];

    private readonly Chart _chart = new(published.Chart);

    [Fact]
    public void Chart_is_one_of_Helm_3()
    {
        Assert.Equal("v2", Yaml.Text(_chart.Head, "apiVersion"));
        Assert.Equal("sentinel", Yaml.Text(_chart.Head, "name"));
        Assert.NotEqual("", Yaml.Text(_chart.Head, "version"));
    }

    /// <summary>Kind, version of its API, and the fields that the API server refuses to do without.</summary>
    [Theory]
    [InlineData("Deployment", "apps/v1", "spec/selector/matchLabels", "spec/template/spec/containers/0/image")]
    [InlineData("Service", "v1", "spec/selector", "spec/ports/0/port")]
    [InlineData("ConfigMap", "v1", "data", "metadata/name")]
    [InlineData("Ingress", "networking.k8s.io/v1", "spec/rules/0/http/paths/0/pathType", "spec/ingressClassName")]
    [InlineData("HorizontalPodAutoscaler", "autoscaling/v2", "spec/scaleTargetRef/name", "spec/maxReplicas")]
    [InlineData("PodDisruptionBudget", "policy/v1", "spec/minAvailable", "spec/selector/matchLabels")]
    [InlineData("NetworkPolicy", "networking.k8s.io/v1", "spec/podSelector", "spec/policyTypes")]
    public void Objects_have_what_their_kind_requires(string kind, string version, params string[] required)
    {
        var objects = _chart.OfKind(kind).ToList();

        Assert.NotEmpty(objects);
        Assert.All(objects, item =>
        {
            Assert.Equal(version, Yaml.Text(item, "apiVersion"));
            Assert.Matches("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", Yaml.Text(item, "metadata/name"));
            Assert.All(required, path => Assert.NotNull(Yaml.At(item, path)));
        });
    }

    [Fact]
    public void Deployment_selects_its_own_pods() => Assert.All(_chart.OfKind("Deployment"), deployment =>
        Assert.Equal(
            Yaml.Map(deployment, "spec/selector/matchLabels"),
            Yaml.Map(deployment, "spec/template/metadata/labels")));

    [Fact]
    public void What_an_object_names_exists()
    {
        Assert.All(_chart.OfKind("Ingress").SelectMany(i => Yaml.Items(i, "spec/rules/0/http/paths")), path =>
            Assert.Equal("Service", Yaml.Text(_chart.Named(Yaml.Text(path, "backend/service/name")), "kind")));
        Assert.All(_chart.OfKind("HorizontalPodAutoscaler"), scaler =>
            Assert.Equal("Deployment", Yaml.Text(_chart.Named(Yaml.Text(scaler, "spec/scaleTargetRef/name")), "kind")));
    }

    [Fact]
    public void Pods_are_probed_hardened_and_given_time_to_drain() => Assert.All(_apps, app =>
    {
        var pod = Yaml.Map(_chart.Named($"{app}-deployment"), "spec/template/spec");

        Assert.Equal("/health", Yaml.Text(pod, "containers/0/livenessProbe/httpGet/path"));
        Assert.Equal("/health/ready", Yaml.Text(pod, "containers/0/readinessProbe/httpGet/path"));
        Assert.Equal("true", Yaml.Text(pod, "containers/0/securityContext/readOnlyRootFilesystem"));
        Assert.Equal("false", Yaml.Text(pod, "containers/0/securityContext/allowPrivilegeEscalation"));
        Assert.Equal("true", Yaml.Text(pod, "securityContext/runAsNonRoot"));
        Assert.Equal("350", Yaml.Text(pod, "terminationGracePeriodSeconds"));
    });

    [Fact]
    public void State_of_a_replica_outlives_its_container()
    {
        var folder = Yaml.Text(_chart.Named("proxy-config"), "data/SENTINEL_STATE_DIR");
        var pod = Yaml.Map(_chart.Named("proxy-deployment"), "spec/template/spec");
        var mount = Assert.Single(
            Yaml.Items(pod, "containers/0/volumeMounts"), it => Yaml.Text(it, "mountPath") == folder);

        var volume = Assert.Single(
            Yaml.Items(pod, "volumes"), it => Yaml.Text(it, "name") == Yaml.Text(mount, "name"));
        Assert.NotEmpty(Yaml.Map(volume, "emptyDir"));
    }

    [Fact]
    public void Key_of_the_tokens_is_mounted_for_the_app_alone_and_can_be_missing()
    {
        var file = Yaml.Text(_chart.Named("admin-api-config"), "data/ADMIN_JWT_PRIVATE_KEY_FILE");
        var pod = Yaml.Map(_chart.Named("admin-api-deployment"), "spec/template/spec");
        var mount = Assert.Single(
            Yaml.Items(pod, "containers/0/volumeMounts"),
            it => Yaml.Text(it, "mountPath") == Path.GetDirectoryName(file));
        var volume = Assert.Single(
            Yaml.Items(pod, "volumes"), it => Yaml.Text(it, "name") == Yaml.Text(mount, "name"));

        Assert.Equal("admin.key", Path.GetFileName(file));
        Assert.Equal("admin-api-jwt", Yaml.Text(volume, "secret/secretName"));
        Assert.Equal("true", Yaml.Text(volume, "secret/optional"));
        Assert.Equal("440", Convert.ToString(int.Parse(Yaml.Text(volume, "secret/defaultMode"),
            CultureInfo.InvariantCulture), toBase: 8));
        Assert.Equal("1654", Yaml.Text(pod, "securityContext/fsGroup"));
    }

    [Fact]
    public void Secrets_are_referred_to_and_never_written()
    {
        Assert.Empty(_chart.OfKind("Secret"));
        Assert.All(_apps, app => Assert.Contains(
            Yaml.Items(_chart.Named($"{app}-deployment"), "spec/template/spec/containers/0/envFrom"),
            source => Yaml.Text(source, "secretRef/name") == $"{app}-secrets"));
        Assert.DoesNotContain(
            Published.Files(published.Chart),
            file => file.Text.Contains(Published.Secret, StringComparison.Ordinal));
    }

    [Fact]
    public void Whoever_reads_keys_knows_whose_they_are() => Assert.All(["proxy", "admin-api"], app =>
    {
        var map = Assert.Single(
            Yaml.Items(_chart.Named($"{app}-deployment"), "spec/template/spec/containers/0/envFrom"),
            source => Yaml.Text(source, "configMapRef/name") == "sentinel-routes");
        Assert.Equal("true", Yaml.Text(map, "configMapRef/optional"));
    });

    [Fact]
    public void No_object_stands_twice() =>
        Assert.Distinct(_chart.Objects.Select(i => $"{Yaml.Text(i, "kind")} {Yaml.Text(i, "metadata/name")}"));
}
