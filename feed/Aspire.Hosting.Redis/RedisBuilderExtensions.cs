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
        return builder.AddResource(new RedisResource(name, password.Resource))
            .WithEndpoint(port: port, targetPort: 6379, name: "tcp");
    }

    public static IResourceBuilder<RedisResource> WithDataVolume(
        this IResourceBuilder<RedisResource> builder, string? name = null, bool isReadOnly = false) => builder;
}
