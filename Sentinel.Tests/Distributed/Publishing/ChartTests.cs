using System.Globalization;
using Sentinel.Tests.Conventions;

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

    [Theory]
    [InlineData("Service", "spec/selector")]
    [InlineData("PodDisruptionBudget", "spec/selector/matchLabels")]
    [InlineData("NetworkPolicy", "spec/podSelector/matchLabels")]
    public void What_is_selected_by_labels_exists(string kind, string path)
    {
        var pods = _chart.OfKind("Deployment")
            .Select(deployment => Yaml.Map(deployment, "spec/template/metadata/labels")).ToList();

        Assert.All(_chart.OfKind(kind).Select(item => Yaml.Map(item, path)), labels =>
            Assert.Contains(pods, pod => labels.All(label => pod.GetValueOrDefault(label.Key) is { } value
                && value.Equals(label.Value))));
    }

    [Theory]
    [InlineData("sentinel-deny", "Ingress", "")]
    [InlineData("sentinel-console", "Ingress", "admin-ui 8080")]
    [InlineData("sentinel-telemetry", "Ingress", "any 18889")]
    [InlineData("sentinel-console-egress", "Egress", "admin-api 8080, k8s-dashboard 18889, any 53 53")]
    [InlineData("sentinel-dashboard-egress", "Egress", "")]
    public void Network_lets_through_what_is_needed_and_nothing_else(string name, string type, string peers)
    {
        var policy = Assert.Single(_chart.OfKind("NetworkPolicy"), it => Yaml.Text(it, "metadata/name") == name);
        var isIngress = type == "Ingress";

        var allowed = Yaml.Items(policy, isIngress ? "spec/ingress" : "spec/egress").Select(rule =>
            Yaml.Map(rule, $"{(isIngress ? "from" : "to")}/0/podSelector/matchLabels")
                .GetValueOrDefault("app.kubernetes.io/component", "any")
            + string.Concat(Yaml.Items(rule, "ports").Select(port => $" {Yaml.Text(port, "port")}")));

        Assert.Equal([type], Yaml.Items(policy, "spec/policyTypes"));
        Assert.Equal(peers, string.Join(", ", allowed));
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
    public void CA_of_the_stores_can_be_given_to_those_who_reach_them() => Assert.All(["proxy", "admin-api"], app =>
    {
        var pod = Yaml.Map(_chart.Named($"{app}-deployment"), "spec/template/spec");
        var volume = Assert.Single(
            Yaml.Items(pod, "volumes"), it => Yaml.Text(it, "secret/secretName") == "sentinel-ca");

        Assert.Equal("true", Yaml.Text(volume, "secret/optional"));
        Assert.Contains(
            Yaml.Items(pod, "containers/0/volumeMounts"),
            it => Yaml.Text(it, "name") == Yaml.Text(volume, "name") && Yaml.Text(it, "mountPath") == "/run/ca");
    });

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
    public void Values_that_the_runbook_gives_are_values_of_the_chart()
    {
        var given = Yaml.Documents(Tree.Read("docs/operations.md").Split("```yaml\n")[1].Split("```")[0]).Single();

        var paths = Leaves(given, "").ToList();

        Assert.True(paths.Count > 5, string.Join(' ', paths));
        Assert.All(paths, path => Assert.NotNull(Yaml.At(_chart.Values, path)));
    }

    private static IEnumerable<string> Leaves(Dictionary<object, object?> map, string path) => map.SelectMany(it =>
        it.Value is Dictionary<object, object?> inner ? Leaves(inner, $"{path}/{it.Key}") : [$"{path}/{it.Key}"]);

    [Fact]
    public void No_object_stands_twice() =>
        Assert.Distinct(_chart.Objects.Select(i => $"{Yaml.Text(i, "kind")} {Yaml.Text(i, "metadata/name")}"));
}
