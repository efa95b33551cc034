using System.Globalization;
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

    public static async Task<RedisServer> StartAsync(int port)
    {
        var process = await ServerProcess.StartAsync(
            ServerProcess.NewFolder(), "redis-server", "--port", port.ToString(CultureInfo.InvariantCulture),
            "--bind", "127.0.0.1", "--save", "", "--databases", Databases.ToString(CultureInfo.InvariantCulture));
        var server = new RedisServer(process, port);
        await Eventually.Succeeds(server.PingAsync);
        return server;
    }

    public Task SignalAsync(string signal) => _process.SignalAsync(signal);

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private async Task PingAsync()
    {
        using var redis = await ConnectionMultiplexer.ConnectAsync(ConnectionString);
        _ = await redis.GetDatabase().PingAsync();
    }
}
