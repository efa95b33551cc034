namespace Sentinel.AppHost;

/// <summary>PostgreSQL as a process of the model, with its data in the state folder.</summary>
internal static class NativePostgres
{
    private const string User = "sentinel";

    // Runs as the server's user: makes the cluster and its database aside, and puts them in place when they are whole.
    private const string MakeCluster = """
        set -e; umask 077; bin=$1; data=$2; database=$3; draft=$data.draft
        rm -rf "$draft"; cat > "$data.password"; trap 'rm -f "$data.password"' EXIT
        "$bin/initdb" --pgdata="$draft" --username=sentinel --pwfile="$data.password" --auth=scram-sha-256 \
          --encoding=UTF8 --locale=C.UTF-8 --no-sync --no-instructions
        echo "CREATE DATABASE $database" | "$bin/postgres" --single -D "$draft" postgres
        mv "$draft" "$data"
        """;

    public static Store AddNativePostgres(this IDistributedApplicationBuilder builder, string database)
    {
        var program = NativePrograms.Find("postgres", "postgresql", "PG_DSN");
        var bin = Path.GetDirectoryName(program)!;
        var password = builder.AddSecret("postgres-password");
        var home = PostgresHome.Of(StateFolder.Of(builder));
        var data = Path.Combine(home.Folder, "data");

        string[] command =
        [
            .. home.AsServerUser, program, "-D", data, "-c", "listen_addresses=127.0.0.1",
            "-c", "unix_socket_directories=", "-c", "max_connections=300", "-c", "log_checkpoints=off",
        ];
        var server = builder.AddExecutable("postgres", command[0], home.Folder, command[1..])
            .WithEndpoint(name: "tcp", scheme: "tcp", env: "PGPORT", isProxied: false)
            .WithTcpHealthCheck("tcp")
            .OnBeforeResourceStarted(async (_, _, cancellationToken) =>
            {
                await NativePrograms.EndOrphanAsync(Path.Combine(data, "postmaster.pid"), data, cancellationToken);
                if (!Directory.Exists(data))
                {
                    var secret = await password.Resource.GetValueAsync(cancellationToken);
                    string[] make = [.. home.AsServerUser, "sh", "-c", MakeCluster, "sh", bin, data, database];
                    await NativePrograms.RunAsync(make, input: secret!, cancellationToken);
                }
            });

        var port = server.GetEndpoint("tcp").Property(EndpointProperty.Port);
        var connection = builder.AddConnectionString(database, ReferenceExpression.Create(
            $"Host=127.0.0.1;Port={port};Database={database};Username={User};Password={password}"));
        return new Store(connection, server);
    }
}
