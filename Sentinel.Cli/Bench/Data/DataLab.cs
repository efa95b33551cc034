using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Sentinel.Core.Contracts;
using Spectre.Console;

namespace Sentinel.Cli.Bench.Data;

/// <summary>An installation full of data: stores of its own, the admin API, the proxy and a downstream.</summary>
internal sealed class DataLab : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sentinel-bench-");
    private readonly Stack<Server> _servers = [];
    private readonly string _secret = RandomNumberGenerator.GetHexString(64);
    private readonly string _password = RandomNumberGenerator.GetHexString(32);
    private readonly DataPlan _plan;
    private readonly IAnsiConsole _progress;

    private DataLab(DataPlan plan, IAnsiConsole progress) => (_plan, _progress) = (plan, progress);

    public Server AdminApi { get; private set; } = null!;

    public Uri Proxy { get; private set; } = null!;

    /// <summary>A client of the admin API that has signed in.</summary>
    public HttpClient Desk { get; } = new() { Timeout = TimeSpan.FromMinutes(30) };

    public static async Task<DataLab> OpenAsync(
        DataPlan plan, IAnsiConsole progress, CancellationToken cancellationToken)
    {
        Tool.Require(("redis-server", "redis-server"), ("initdb", "postgresql"), ("psql", "postgresql-client"));
        progress.MarkupLine("Building …");
        string[] programs = ["Sentinel.AdminApi", "Sentinel.Proxy", "examples/Example.Downstream"];
        foreach (var program in programs)
        {
            await Sources.BuildAsync(program, cancellationToken);
        }

        var lab = new DataLab(plan, progress);
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
        Desk.Dispose();
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
        var postgres = await KeepAsync(Stores.StartPostgresAsync(
            _folder.FullName, cancellationToken,
            "shared_buffers=512MB", "max_wal_size=8GB", "maintenance_work_mem=512MB"));
        (string, string)[] stores =
        [
            ("PG_DSN", $"Host=127.0.0.1;Port={postgres.Port};Username=postgres;Database=postgres"),
            ("REDIS_URL", $"127.0.0.1:{redis.Port}"), ("SENTINEL_HMAC_SECRET", _secret),
        ];
        AdminApi = await StartProgramAsync(
            "Sentinel.AdminApi", cancellationToken,
            [.. stores, ("ADMIN_PASSWORD", _password), ("ADMIN_JWT_SECRET", _secret)]);
        Desk.BaseAddress = new Uri($"http://127.0.0.1:{AdminApi.Port}");
        await new DataLoader(new Psql(postgres.Port), _plan, _progress).LoadAsync(_secret, cancellationToken);

        var downstream = await StartProgramAsync("Example.Downstream", cancellationToken);
        var proxy = await StartProgramAsync(
            "Sentinel.Proxy", cancellationToken,
            [.. stores, ("DOWNSTREAM_URL", $"http://127.0.0.1:{downstream.Port}"), Tuning.InlineCompletions]);
        Proxy = new Uri($"http://127.0.0.1:{proxy.Port}");
        await SignInAsync(cancellationToken);
    }

    private async Task SignInAsync(CancellationToken cancellationToken)
    {
        using var answer = await Desk.PostAsJsonAsync(
            "/admin/api/login", new LoginRequest("admin", _password), cancellationToken);
        var login = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<LoginResponse>(cancellationToken);
        Desk.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", login!.Token);
    }

    private Task<Server> StartProgramAsync(
        string program, CancellationToken cancellationToken, params (string, string)[] environment) =>
        KeepAsync(Sources.StartAsync(
            program.ToLower(CultureInfo.InvariantCulture), program, _folder.FullName, cancellationToken, environment));

    private async Task<Server> KeepAsync(Task<Server> starting)
    {
        var server = await starting;
        _servers.Push(server);
        return server;
    }
}
