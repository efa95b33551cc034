using Sentinel.Cli.Setup;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Storage;

/// <summary>
/// A real PostgreSQL and a real Redis that speak TLS only, for the name <c>localhost</c>; and another pair of which the
/// certificates have run out.
/// </summary>
public sealed class TlsStores : IAsyncLifetime
{
    private static readonly TimeSpan _day = TimeSpan.FromDays(1);
    private readonly DirectoryInfo _folder = ServerProcess.NewFolder();
    private readonly List<IAsyncDisposable> _servers = [];

    public Pair Good { get; private set; } = null!;

    public Pair Expired { get; private set; } = null!;

    public string CaFile => Path.Combine(_folder.FullName, "ca.crt");

    /// <summary>A CA that vouches for nobody here.</summary>
    public string OtherCaFile => Path.Combine(_folder.FullName, "other.crt");

    public async ValueTask InitializeAsync()
    {
        var now = DateTimeOffset.UtcNow;
        using var authority = Authority.Create(now - (5 * _day), 10 * _day);
        using var other = Authority.Create(now, _day);
        await File.WriteAllTextAsync(CaFile, authority.CertificatePem);
        await File.WriteAllTextAsync(OtherCaFile, other.CertificatePem);
        Good = await StartAsync("good", authority.Issue(now, _day, "localhost"));
        Expired = await StartAsync("expired", authority.Issue(now - (3 * _day), _day, "localhost"));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private async Task<Pair> StartAsync(string name, (string Certificate, string Key) pem)
    {
        var certificate = Path.Combine(_folder.FullName, $"{name}.crt");
        var key = Path.Combine(_folder.FullName, $"{name}.key");
        await File.WriteAllTextAsync(certificate, pem.Certificate);
        await File.WriteAllTextAsync(key, pem.Key);
        var postgres = await PostgresServer.StartAsync((certificate, key));
        _servers.Add(postgres);
        var redis = await RedisServer.StartAsync(ServerProcess.FreePort(), (certificate, key));
        _servers.Add(redis);
        return new Pair(postgres.ConnectionString("postgres"), redis.ConnectionString);
    }

    /// <summary>Where both are, at the address 127.0.0.1; their certificates are for <c>localhost</c>.</summary>
    public sealed record Pair(string Database, string Redis)
    {
        public Pair ByName => new(
            Database.Replace("127.0.0.1", "localhost", StringComparison.Ordinal),
            Redis.Replace("127.0.0.1", "localhost", StringComparison.Ordinal));
    }
}
