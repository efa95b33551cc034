using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Sentinel.Core.Credentials;
using Sentinel.Proxy.Trail;
using Sentinel.Storage.Pulses;
using Sentinel.Tests.Functional.Gate;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Faults;

/// <summary>Two replicas on stores of their own, which can be taken away one by one and together.</summary>
internal sealed class FaultWorld : IAsyncDisposable
{
    private readonly DirectoryInfo _states = ServerProcess.NewFolder();
    private readonly int _redisPort = ServerProcess.FreePort();
    private readonly List<ProxyApp> _replicas = [];
    private PostgresServer _postgres = null!;
    private RedisServer _redis = null!;

    public ExampleService Downstream { get; } = new();

    public Uri[] Replicas => [.. _replicas.Select(replica => replica.Client.BaseAddress!)];

    public static async Task<FaultWorld> StartAsync(string failsafe)
    {
        var world = new FaultWorld { _postgres = await PostgresServer.StartAsync() };
        world._redis = await RedisServer.StartAsync(world._redisPort);
        await world.Downstream.InitializeAsync();
        world._replicas.AddRange([world.NewReplica(failsafe, "1"), world.NewReplica(failsafe, "2")]);
        return world;
    }

    /// <summary>Takes stores away, and waits until both replicas have noticed.</summary>
    /// <param name="stores">Which of the two.</param>
    /// <param name="signal"><c>STOP</c> or <c>KILL</c>.</param>
    public async Task TakeAwayAsync(Stores stores, string signal)
    {
        await (stores.HasFlag(Stores.Redis) ? _redis.SignalAsync(signal) : Task.CompletedTask);
        await (stores.HasFlag(Stores.Postgres) ? _postgres.SignalAsync(signal) : Task.CompletedTask);
        await AreLostAsync(stores);
    }

    /// <summary>Gives them back, and waits until both replicas have noticed that too.</summary>
    public async Task GiveBackAsync(Stores stores, string signal)
    {
        if (signal is "STOP")
        {
            await _redis.SignalAsync("CONT");
            await _postgres.SignalAsync("CONT");
        }
        else
        {
            await (stores.HasFlag(Stores.Redis) ? RestartRedisAsync() : Task.CompletedTask);
            await (stores.HasFlag(Stores.Postgres) ? _postgres.RestartAsync() : Task.CompletedTask);
        }

        await AreLostAsync(Stores.None);
    }

    /// <summary>Stops one of the replicas in good order, and starts another one in its place.</summary>
    public async Task RestartReplicaAsync(string failsafe)
    {
        await _replicas[1].DisposeAsync();
        _replicas[1] = NewReplica(failsafe, "2");
    }

    /// <summary>Binds keys to an address, past all replicas.</summary>
    public async Task BindAsync(IEnumerable<string> keys, string owner)
    {
        await using var database = NpgsqlDataSource.Create(_postgres.ConnectionString("postgres"));
        await using var command = database.CreateCommand("""
            INSERT INTO bindings (fingerprint, hint, state, networks, first_used_from, last_used_at, last_used_from)
            SELECT fingerprint, '…', 'active', ARRAY[$2::inet::cidr], $2, now(), $2
              FROM unnest($1::bytea[]) AS fingerprint
            """);
        command.Parameters.Add(new() { Value = keys.Select(Fingerprint).ToArray() });
        command.Parameters.Add(new() { Value = IPAddress.Parse(owner) });
        _ = await command.ExecuteNonQueryAsync();
    }

    /// <summary>What is recorded: address, reason and count.</summary>
    public async Task<string[]> RefusalsAsync()
    {
        await using var database = NpgsqlDataSource.Create(_postgres.ConnectionString("postgres"));
        await using var command = database.CreateCommand(
            "SELECT host(caller), reason, sum(count) FROM intercept_logs GROUP BY host(caller), reason");
        await using var rows = await command.ExecuteReaderAsync();
        List<string> refusals = [];
        while (await rows.ReadAsync())
        {
            var count = rows.GetInt64(2).ToString(CultureInfo.InvariantCulture);
            refusals.Add($"{rows.GetString(0)} {rows.GetString(1)} {count}");
        }

        return [.. refusals.Order(StringComparer.Ordinal)];
    }

    /// <summary>Waits until no refusal is on its way any more.</summary>
    public Task AreReplayedAsync() => Eventually.Holds(() =>
        _replicas.All(replica => replica.Services.GetRequiredService<DiskSpool>().IsEmpty));

    public async ValueTask DisposeAsync()
    {
        await _redis.SignalAsync("CONT");
        await _postgres.SignalAsync("CONT");
        foreach (var replica in _replicas)
        {
            await replica.DisposeAsync();
        }

        await Downstream.DisposeAsync();
        await _redis.DisposeAsync();
        await _postgres.DisposeAsync();
        _states.Delete(recursive: true);
    }

    private ProxyApp NewReplica(string failsafe, string name) => new(
        _postgres.ConnectionString("postgres"),
        _redis.ConnectionString,
        Downstream.Address,
        [
            .. Patience.Some,
            ("TRUSTED_PROXIES", ""),
            ("SENTINEL_FAILSAFE_MODE", failsafe),
            ("Sentinel:Decisions:Caps:Exempt", "127.0.0.0/8"),
            ("SENTINEL_STATE_DIR", Path.Combine(_states.FullName, name)),
        ]);

    private Task AreLostAsync(Stores stores) => Eventually.Holds(() => _replicas
        .Select(replica => replica.Services.GetRequiredService<StorePulses>())
        .All(pulses => pulses.Redis.IsLost == stores.HasFlag(Stores.Redis)
            && pulses.Postgres.IsLost == stores.HasFlag(Stores.Postgres)));

    private async Task RestartRedisAsync()
    {
        await _redis.DisposeAsync();
        _redis = await RedisServer.StartAsync(_redisPort);
    }

    private byte[] Fingerprint(string key)
    {
        var services = _replicas[0].Services;
        var keys = new KeyCollector(services.GetRequiredService<Profile>());
        keys.Add(Carriers.Authorization, key);
        Assert.True(keys.TryConclude(services.GetRequiredService<Fingerprinter>(), out var credential, out _));
        return credential.Fingerprint.ToByteArray();
    }
}
