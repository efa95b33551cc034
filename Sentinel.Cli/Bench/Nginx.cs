using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Sentinel.Cli.Bench;

/// <summary>nginx with a configuration from <c>bench/</c>.</summary>
internal static class Nginx
{
    /// <summary>What Lua asks Redis by: OpenResty's own client.</summary>
    public const string RedisLibrary = "/usr/share/lua/5.1/nginx/redis.lua";

    private static readonly byte[] _secret = "the secret of the bench"u8.ToArray();

    public static async Task<Server> StartAsync(
        string name, string folder, Server downstream, Server redis, CancellationToken cancellationToken)
    {
        var port = Server.FreePort();
        var template = Path.Combine(Sources.Root, $"bench/{name}.conf");
        var text = (await File.ReadAllTextAsync(template, cancellationToken))
            .Replace("{folder}", folder, StringComparison.Ordinal)
            .Replace("{port}", $"{port}", StringComparison.Ordinal)
            .Replace("{redis}", $"{redis.Port}", StringComparison.Ordinal)
            .Replace("{downstream}", $"127.0.0.1:{downstream.Port}", StringComparison.Ordinal);
        var configuration = Path.Combine(folder, $"{name}.conf");
        await File.WriteAllTextAsync(configuration, text, cancellationToken);
        string[] command = [Tool.Find("nginx")!, "-c", configuration, "-e", Path.Combine(folder, $"{name}.log")];
        return await Server.StartAsync(name, folder, port, command, cancellationToken);
    }

    /// <summary>Lets the key pass the Lua gate from loopback, as the Lua code looks it up.</summary>
    public static async Task AllowAsync(Server redis, string key, CancellationToken cancellationToken)
    {
#pragma warning disable CA5350 // nginx's Lua has no stronger hash built in.
        var hash = HMACSHA1.HashData(_secret, Encoding.ASCII.GetBytes(key));
#pragma warning restore CA5350
        var name = "bench:" + Convert.ToBase64String(hash).TrimEnd('=');
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, redis.Port, cancellationToken);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"SET {name} 127.0.0.1\r\n"), cancellationToken);
        using var answers = new StreamReader(client.GetStream());
        if (await answers.ReadLineAsync(cancellationToken) is not "+OK")
        {
            throw new VerbException("Redis did not take the key.");
        }
    }
}
