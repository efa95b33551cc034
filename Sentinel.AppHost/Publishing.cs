using Aspire.Hosting.Kubernetes;

namespace Sentinel.AppHost;

/// <summary>
/// The stack as files: <c>--operation publish --Sentinel:Publish=compose|kubernetes</c>. Whatever an operator decides
/// is a parameter, so no file holds a value of this machine, and none a secret.
/// </summary>
internal static class Publishing
{
    public const string Compose = "compose";
    public const string Kubernetes = "kubernetes";

    public static string PublishTarget(this IDistributedApplicationBuilder builder) =>
        builder.Configuration["Sentinel:Publish"] ?? Compose;

    public static void AddPublishing(this IDistributedApplicationBuilder builder)
    {
        switch (builder.PublishTarget())
        {
            case Compose:
                // No port of the dashboard is published: whoever reads traces comes through a tunnel.
                builder.AddDockerComposeEnvironment("compose").WithDashboard(dashboard => dashboard.WithHostPort());
                break;
            case Kubernetes:
                builder.AddKubernetesEnvironment("k8s").WithHelm(helm => helm
                    .WithChartName("sentinel")
                    .WithChartDescription("The gateway that makes a leaked API key worthless"));
                break;
            case var other:
                throw new DistributedApplicationException(
                    $"Sentinel:Publish is '{other}'. Set it to {Compose} or {Kubernetes}.");
        }
    }

    /// <summary>A value that the operator gives where the stack is deployed.</summary>
    public static IResourceBuilder<ParameterResource> AddSetting(
        this IDistributedApplicationBuilder builder, string name, bool secret = false) =>
        builder.Resources.TryGetByName(name, out var known)
            ? builder.CreateResourceBuilder((ParameterResource)known)
            : builder.AddParameter(name, () => string.Empty, secret: secret);

    public static IResourceBuilder<ProjectResource> WithPublishedSettings(this IResourceBuilder<ProjectResource> app)
    {
        var builder = app.ApplicationBuilder;
        return app
            // ASP.NET Core would believe every X-Forwarded-For; Sentinel knows whom to believe.
            .DisableForwardedHeaders()
            .WithEnvironment("ALLOWED_HOSTS", builder.AddSetting("allowed-hosts"))
            .WithEnvironment("TRUSTED_PROXIES", builder.AddSetting("trusted-proxies"))
            .WithEnvironment("Sentinel__Callers__ProxySecret", builder.AddSetting("proxy-secret", secret: true))
            .WithPod(Pod.Harden);
    }

    /// <summary>Aspire refuses what is said of pods where no cluster is published for.</summary>
    public static IResourceBuilder<ProjectResource> WithPod(
        this IResourceBuilder<ProjectResource> app, Action<KubernetesResource> configure) =>
        app.ApplicationBuilder.PublishTarget() == Kubernetes ? app.PublishAsKubernetesService(configure) : app;

    /// <summary>Compose brings its own stores; a cluster uses those that are run for it.</summary>
    public static Stores AddPublishedStores(this IDistributedApplicationBuilder builder)
    {
        if (builder.PublishTarget() == Kubernetes)
        {
            return new Stores(builder.AddConnection("sentinel"), builder.AddConnection("redis"));
        }

        var postgres = builder.AddPostgres("postgres", password: builder.AddSetting("postgres-password", secret: true))
            .WithDataVolume("sentinel-postgres")
            .WithEnvironment("POSTGRES_DB", "sentinel");
        var redis = builder.AddRedis("redis", password: builder.AddSetting("redis-password", secret: true))
            .WithDataVolume("sentinel-redis");
        return new Stores(new Store(postgres.AddDatabase("sentinel"), postgres), new Store(redis, redis));
    }

    private static Store AddConnection(this IDistributedApplicationBuilder builder, string name)
    {
        var value = builder.AddSetting($"{name}-connection", secret: true);
        return new Store(builder.AddConnectionString(name, ReferenceExpression.Create($"{value}")), Server: null);
    }
}
