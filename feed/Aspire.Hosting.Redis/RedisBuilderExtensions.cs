using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>A model may name this container on any feed; on this one it fails to start and says why.</summary>
public static class RedisBuilderExtensions
{
    public static IResourceBuilder<RedisResource> AddRedis(
        this IDistributedApplicationBuilder builder,
        string name,
        int? port = null,
        IResourceBuilder<ParameterResource>? password = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(password);
        return builder.AddResource(new RedisResource(name, password.Resource) { Entrypoint = "/bin/sh" })
            .WithEndpoint(port: port, targetPort: 6379, scheme: "redis", name: "tcp")
            .WithAnnotation(new ContainerImageAnnotation
            {
                Registry = "docker.io",
                Image = "library/redis",
                Tag = "8.6",
            })
            .WithEnvironment("REDIS_PASSWORD", password)
            .WithArgs(SetArguments);
    }

    public static IResourceBuilder<RedisResource> WithDataVolume(
        this IResourceBuilder<RedisResource> builder, string? name = null, bool isReadOnly = false) =>
        builder.WithAnnotation(new ContainerMountAnnotation(
            name ?? $"{builder.Resource.Name}-data", "/data", ContainerMountType.Volume, isReadOnly));

    /// <summary>By the shell, which knows the password; data is kept if there is a volume.</summary>
    private static void SetArguments(CommandLineArgsCallbackContext context)
    {
        var isKept = context.Resource.Annotations.OfType<ContainerMountAnnotation>().Any(mount => !mount.IsReadOnly);
        context.Args.Add("-c");
        context.Args.Add($"redis-server --requirepass $REDIS_PASSWORD{(isKept ? " --save 60 1" : "")}");
    }
}
