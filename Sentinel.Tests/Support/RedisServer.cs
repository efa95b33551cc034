using System.Globalization;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace Sentinel.Tests.Support;

/// <summary>A real Redis that keeps nothing on disk.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    /// <summary>How many databases it has.</summary>
    public const int Databases = 512;

    private readonly ServerProcess _process;

    private RedisServer(ServerProcess process, int port) =>
        (_process, ConnectionString) = (process, string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"));

    public string ConnectionString { get; }

    public static Task<RedisServer> StartAsync() => StartAsync(ServerProcess.FreePort());

    /// <summary>Starts it; with a certificate and its key it speaks TLS only.</summary>
    public static async Task<RedisServer> StartAsync(int port, (string Certificate, string Key)? tls = null)
    {
        var door = port.ToString(CultureInfo.InvariantCulture);
        var process = await ServerProcess.StartAsync(
            ServerProcess.NewFolder(),
            ["redis-server", .. tls is { } files ? Tls(door, files) : ["--port", door],
            "--bind", "127.0.0.1", "--save", "", "--databases", Databases.ToString(CultureInfo.InvariantCulture)]);
        var server = new RedisServer(process, port);
        await Eventually.Succeeds(tls is null ? server.PingAsync : server.ConnectAsync);
        return server;
    }

    /// <summary>Starts a cluster, which refuses whatever concerns keys of several of its parts.</summary>
    public static async Task<RedisServer> StartClusterAsync()
    {
        var (port, folder) = (ServerProcess.FreePort(), ServerProcess.NewFolder());
        var process = await ServerProcess.StartAsync(folder, [
            "redis-server", "--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1",
            "--save", "", "--dir", folder.FullName, "--cluster-enabled", "yes"]);
        var server = new RedisServer(process, port);
        await Eventually.Succeeds(server.ConnectAsync);
        await ServerProcess.RunAsync("redis-cli", "-p", $"{port}", "CLUSTER", "ADDSLOTSRANGE", "0", "16383");
        await Eventually.Succeeds(server.PingAsync);
        return server;
    }

    public Task SignalAsync(string signal) => _process.SignalAsync(signal);

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static string[] Tls(string door, (string Certificate, string Key) tls) =>
    [
        "--port", "0", "--tls-port", door, "--tls-auth-clients", "no",
        "--tls-cert-file", tls.Certificate, "--tls-key-file", tls.Key, "--tls-ca-cert-file", tls.Certificate,
    ];

    private async Task ConnectAsync()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPEndPoint.Parse(ConnectionString));
    }

    private async Task PingAsync()
    {
        using var redis = await ConnectionMultiplexer.ConnectAsync(ConnectionString);
        _ = await redis.GetDatabase().PingAsync();
    }
}
