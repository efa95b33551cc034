using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Spectre.Console;

namespace Sentinel.Cli.Bench;

/// <summary>All contenders, in front of the same downstream.</summary>
internal sealed class Lab : IAsyncDisposable
{
    /// <summary>Under which Sentinel computes fingerprints.</summary>
    public const string Secret = "of the bench alone, and long enough for it";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sentinel-bench-");

    private readonly Stack<Server> _servers = [];

    private readonly List<Contender> _contenders = [];

    private readonly Plan _plan;

    private Lab(Plan plan) => _plan = plan;

    public IReadOnlyList<Contender> Contenders => _contenders;

    /// <summary>Asks with one key.</summary>
    public Wrk Wrk => new(Script("report.lua"), Key);

    /// <summary>Asks with many.</summary>
    public Wrk ManyKeys => new(Script("many-keys.lua"), Key, $"{_plan.Keys}");

    public Server Postgres { get; private set; } = null!;

    /// <summary>The key that every request shows, and that Sentinel has bound.</summary>
    public string Key { get; } = $"sk-{RandomNumberGenerator.GetHexString(40, lowercase: true)}";

    public static async Task<Lab> OpenAsync(Plan plan, IAnsiConsole progress, CancellationToken cancellationToken)
    {
        Tool.Require(
            ("wrk", "wrk"), ("nginx", "nginx"), ("ngx_http_lua_module.so", "libnginx-mod-http-lua"),
            (Nginx.RedisLibrary, "lua-nginx-redis"), ("redis-server", "redis-server"), ("initdb", "postgresql"),
            ("psql", "postgresql-client"));
        progress.MarkupLine("Building …");
        string[] programs = ["Sentinel.Proxy", "examples/Example.Downstream", "bench/Bench.Yarp"];
        foreach (var program in programs)
        {
            await Sources.BuildAsync(program, cancellationToken);
        }

        progress.MarkupLine("Starting …");
        var lab = new Lab(plan);
        try
        {
            await lab.StartAsync(cancellationToken);
            return lab;
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_servers.TryPop(out var server))
        {
            await server.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        // The server of PostgreSQL runs as somebody else, who has to reach its folder.
        await Tool.RunAsync("chmod", ["711", _folder.FullName], cancellationToken);
        var redis = await KeepAsync(Stores.StartRedisAsync(_folder.FullName, cancellationToken));
        Postgres = await KeepAsync(Stores.StartPostgresAsync(_folder.FullName, cancellationToken));
        var example = await StartProgramAsync("example", "Example.Downstream", cancellationToken);
        var downstream = await StartNginxAsync("downstream", example, redis, cancellationToken);
        var forward = ("DOWNSTREAM_URL", $"http://127.0.0.1:{downstream.Port}");
        var database = ("PG_DSN", $"Host=127.0.0.1;Port={Postgres.Port};Username=postgres;Database=postgres");
        Enter("sentinel", await StartProgramAsync(
            "sentinel", "Sentinel.Proxy", cancellationToken, forward, database,
            ("REDIS_URL", $"127.0.0.1:{redis.Port}"), ("SENTINEL_HMAC_SECRET", Secret), Tuning.InlineCompletions));
        Enter("yarp", await StartProgramAsync("yarp", "Bench.Yarp", cancellationToken, forward));
        Enter("yarp-tuned", await StartProgramAsync(
            "yarp-tuned", "Bench.Yarp", cancellationToken, forward, Tuning.InlineCompletions, Tuning.OneHeap));
        Enter("nginx", await StartNginxAsync("nginx", downstream, redis, cancellationToken));
        Enter("nginx-lua-redis", await StartNginxAsync("nginx-lua-redis", downstream, redis, cancellationToken));
        await Nginx.AllowAsync(redis, Key, cancellationToken);
        await TryAllAsync(cancellationToken);
    }

    private Task<Server> StartProgramAsync(
        string name, string program, CancellationToken cancellationToken, params (string, string)[] environment) =>
        KeepAsync(Sources.StartAsync(name, program, _folder.FullName, cancellationToken, environment));

    private Task<Server> StartNginxAsync(
        string name, Server downstream, Server redis, CancellationToken cancellationToken) =>
        KeepAsync(Nginx.StartAsync(name, _folder.FullName, downstream, redis, cancellationToken));

    /// <summary>Speed means nothing unless everyone answers 200; for Sentinel this is the first use.</summary>
    private async Task TryAllAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        foreach (var contender in Contenders)
        {
            using var answer = await client.GetAsync(contender.Address, cancellationToken);
            if (answer.StatusCode is not HttpStatusCode.OK)
            {
                throw new VerbException($"{contender.Name} answers {(int)answer.StatusCode}.");
            }
        }
    }

    private static string Script(string name) => Path.Combine(Sources.Root, "bench", name);

    private void Enter(string name, Server server) =>
        _contenders.Add(new Contender(name, server));

    private async Task<Server> KeepAsync(Task<Server> starting)
    {
        var server = await starting;
        _servers.Push(server);
        return server;
    }
}
