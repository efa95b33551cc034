namespace Sentinel.AppHost;

/// <summary>Redis as a process of the model, with its data in the state folder.</summary>
internal static class NativeRedis
{
    public static Store AddNativeRedis(this IDistributedApplicationBuilder builder, string name)
    {
        var program = NativePrograms.Find("redis-server", "redis-server", "REDIS_URL");
        var password = builder.AddSecret("redis-password");
        var folder = Path.GetDirectoryName(StateFolder.Of(builder).File("redis", "redis.conf"))!;
        var configuration = Path.Combine(folder, "redis.conf");
        var pidFile = Path.Combine(folder, "redis.pid");

        var server = builder.AddExecutable("redis-server", program, folder, configuration);
        server
            .WithEndpoint(name: "tcp", scheme: "tcp", isProxied: false)
            .WithArgs("--port", server.GetEndpoint("tcp").Property(EndpointProperty.TargetPort))
            .WithTcpHealthCheck("tcp")
            .OnBeforeResourceStarted(async (_, _, cancellationToken) =>
            {
                await NativePrograms.EndOrphanAsync(pidFile, folder, cancellationToken);

                // In a file, since command lines are for all to see; its path is what an orphan is known by.
                var secret = await password.Resource.GetValueAsync(cancellationToken);
                StateFolder.WritePrivate(configuration, $"""
                    bind 127.0.0.1
                    requirepass {secret}
                    dir "{folder}"
                    pidfile "{pidFile}"
                    set-proc-title no
                    save 60 1

                    """);
            });

        var port = server.GetEndpoint("tcp").Property(EndpointProperty.Port);
        var connection = builder.AddConnectionString(
            name, ReferenceExpression.Create($"127.0.0.1:{port},password={password}"));
        return new Store(connection, server);
    }
}
