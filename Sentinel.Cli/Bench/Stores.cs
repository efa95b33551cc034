namespace Sentinel.Cli.Bench;

/// <summary>The stores of the bench, empty and its own.</summary>
internal static class Stores
{
    public static Task<Server> StartRedisAsync(string folder, CancellationToken cancellationToken)
    {
        var port = Server.FreePort();
        string[] command = [Tool.Find("redis-server")!, "--port", $"{port}", "--bind", "127.0.0.1", "--save", ""];
        return Server.StartAsync("redis", folder, port, command, cancellationToken);
    }

    public static async Task<Server> StartPostgresAsync(
        string folder, CancellationToken cancellationToken, params string[] settings)
    {
        var data = Path.Combine(folder, "postgres");
        Directory.CreateDirectory(data);
        string[] asPostgres = [];
        if (Environment.UserName is "root")
        {
            // PostgreSQL refuses to run as root.
            asPostgres = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"];
            await Tool.RunAsync("chown", ["postgres", data], cancellationToken);
        }

        string[] init = [.. asPostgres, Tool.Find("initdb")!, "-D", data, "-U", "postgres", "-A", "trust", "--no-sync"];
        await Tool.RunAsync(init[0], init[1..], cancellationToken);
        var port = Server.FreePort();
        string[] command =
        [
            .. asPostgres, Tool.Find("postgres")!, "-D", data, "-c", $"port={port}",
            "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
            .. settings.SelectMany(setting => new[] { "-c", setting }),
        ];
        return await Server.StartAsync("postgres", folder, port, command, cancellationToken);
    }
}
