using Microsoft.Extensions.Configuration;

namespace Sentinel.AppHost;

/// <summary>The two stores, each with the server to wait for, if it is ours.</summary>
internal sealed record Stores(Store Sentinel, Store Redis);

internal sealed record Store(
    IResourceBuilder<IResourceWithConnectionString> Connection, IResourceBuilder<IResource>? Server);

internal static class StoresExtensions
{
    /// <summary>A given connection string comes first, then containers if a runtime answers, then processes.</summary>
    public static Stores AddStores(this IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            return builder.AddPublishedStores();
        }

        var native = new Lazy<bool>(() => !builder.RunsContainers());
        return new Stores(
            builder.AddGiven("sentinel", "PG_DSN")
                ?? (native.Value ? builder.AddNativePostgres("sentinel") : builder.AddPostgresContainer("sentinel")),
            builder.AddGiven("redis", "REDIS_URL")
                ?? (native.Value ? builder.AddNativeRedis("redis") : builder.AddRedisContainer("redis")));
    }

    public static IResourceBuilder<ProjectResource> WithStores(
        this IResourceBuilder<ProjectResource> app, Stores stores)
    {
        // One string says it all; user, password and port once more would be as many places to look for them.
        app.WithReferenceEnvironment(ReferenceEnvironmentInjectionFlags.ConnectionString);
        foreach (var (connection, server) in (Store[])[stores.Sentinel, stores.Redis])
        {
            app.WithReference(connection);
            if (server is not null)
            {
                app.WaitFor(server);
            }
        }

        return app.ApplicationBuilder.ExecutionContext.IsPublishMode ? app.WithPod(Pod.MountCa) : app;
    }

    /// <summary>An address in drop-in form goes on under its drop-in name: the apps translate it.</summary>
    private static Store? AddGiven(this IDistributedApplicationBuilder builder, string name, string dropIn)
    {
        if (!string.IsNullOrEmpty(builder.Configuration.GetConnectionString(name)))
        {
            return new Store(builder.AddConnectionString(name), Server: null);
        }

        if (string.IsNullOrEmpty(builder.Configuration[dropIn]))
        {
            return null;
        }

        builder.Configuration[$"ConnectionStrings:{name}"] = builder.Configuration[dropIn];
        return new Store(builder.AddConnectionString(name, dropIn), Server: null);
    }

    private static Store AddPostgresContainer(this IDistributedApplicationBuilder builder, string name)
    {
        var server = builder.AddPostgres("postgres", password: builder.AddSecret("postgres-password")).WithDataVolume();
        var database = server.AddDatabase(name);
        return new Store(database, database);
    }

    private static Store AddRedisContainer(this IDistributedApplicationBuilder builder, string name)
    {
        var server = builder.AddRedis(name, password: builder.AddSecret("redis-password")).WithDataVolume();
        return new Store(server, server);
    }
}
