using System.Globalization;
using Npgsql;

namespace Sentinel.Tests.Support;

/// <summary>A real PostgreSQL in a folder of its own, without the waiting for the disk.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly string[] _asPostgres =
        ServerProcess.IsRoot ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : [];

    private readonly Stack<ServerProcess> _processes = [];
    private readonly string _data;
    private readonly string[] _command;
    private readonly int _port;

    private PostgresServer(string data, string[] settings, int port)
    {
        (_data, _port) = (data, port);
        _command = [.. _asPostgres, Program("postgres"), "-D", data, .. settings.Select(setting => $"--{setting}")];
    }

    public static Task<PostgresServer> StartAsync() => StartAsync(tls: null);

    /// <summary>Starts it; with a certificate and its key it speaks TLS only.</summary>
    public static async Task<PostgresServer> StartAsync((string Certificate, string Key)? tls)
    {
        var folder = ServerProcess.NewFolder();
        if (ServerProcess.IsRoot)
        {
            await ServerProcess.RunAsync("chown", "postgres", folder.FullName);
        }

        var data = Path.Combine(folder.FullName, "data");
        string[] options = ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"];
        await ServerProcess.RunAsync([.. _asPostgres, Program("initdb"), .. options]);

        var port = ServerProcess.FreePort();
        string[] settings =
        [
            $"port={port.ToString(CultureInfo.InvariantCulture)}", "listen_addresses=127.0.0.1",
            "unix_socket_directories=", "max_connections=500", "fsync=off",
            "full_page_writes=off", .. tls is { } files ? await TlsAsync(data, files) : [],
        ];
        var server = new PostgresServer(data, settings, port);
        await server.LaunchAsync(folder);
        return server;
    }

    /// <summary>Starts it again after it was killed. What it had confirmed is still there.</summary>
    public Task RestartAsync()
    {
        // The dead one keeps its id until its shell ends, and would be taken for a living one.
        File.Delete(Path.Combine(_data, "postmaster.pid"));
        return LaunchAsync(ServerProcess.NewFolder());
    }

    /// <summary>It reads a key of its own user only, and lets nobody in without TLS.</summary>
    private static async Task<string[]> TlsAsync(string data, (string Certificate, string Key) tls)
    {
        var (certificate, key) = (Path.Combine(data, "server.crt"), Path.Combine(data, "server.key"));
        File.Copy(tls.Certificate, certificate);
        File.Copy(tls.Key, key);
        await ServerProcess.RunAsync("chmod", "600", key);
        if (ServerProcess.IsRoot)
        {
            await ServerProcess.RunAsync("chown", "postgres", certificate, key);
        }

        await File.WriteAllTextAsync(Path.Combine(data, "pg_hba.conf"), "hostssl all all 127.0.0.1/32 trust\n");
        return ["ssl=on"];
    }

    public string ConnectionString(string database) => string.Create(
        CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username=postgres;Database={database}");

    public Task SignalAsync(string signal) => _processes.Peek().SignalAsync(signal);

    public async ValueTask DisposeAsync()
    {
        while (_processes.TryPop(out var process))
        {
            await process.DisposeAsync();
        }
    }

    private async Task LaunchAsync(DirectoryInfo folder)
    {
        _processes.Push(await ServerProcess.StartAsync(folder, _command));
        await Eventually.Succeeds(PingAsync);
    }

    private async Task PingAsync()
    {
        await using var database = NpgsqlDataSource.Create($"{ConnectionString("postgres")};SSL Mode=Prefer");
        await using var connection = await database.OpenConnectionAsync();
    }

    /// <summary>Debian keeps the servers' programs out of the path, one folder per version.</summary>
    private static string Program(string name)
    {
        var debian = new DirectoryInfo("/usr/lib/postgresql");
        var newest = debian.Exists
            ? debian.GetDirectories().MaxBy(it => int.Parse(it.Name, CultureInfo.InvariantCulture))
            : null;
        return newest is null ? name : Path.Combine(newest.FullName, "bin", name);
    }
}
