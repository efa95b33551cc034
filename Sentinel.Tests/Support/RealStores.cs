using System.Globalization;
using Npgsql;
using Sentinel.Tests.Support;

[assembly: AssemblyFixture(typeof(RealStores))]

namespace Sentinel.Tests.Support;

/// <summary>
/// One real PostgreSQL and one real Redis for all tests of a run, started when the first test asks. Whoever asks gets
/// a database, or a Redis database with a channel prefix, that nobody else has.
/// </summary>
public sealed class RealStores : IAsyncDisposable
{
    private readonly Lazy<Task<PostgresServer>> _postgres = new(PostgresServer.StartAsync);
    private readonly Lazy<Task<RedisServer>> _redis = new(RedisServer.StartAsync);
    private int _databases;
    private int _redisDatabases;

    /// <summary>The connection string of a new, empty database.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        var postgres = await _postgres.Value;
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await using var database = NpgsqlDataSource.Create(postgres.ConnectionString("postgres"));
        await using var command = database.CreateCommand($"CREATE DATABASE {name}");
        _ = await command.ExecuteNonQueryAsync();
        return postgres.ConnectionString(name);
    }

    /// <summary>The connection string of an empty Redis database.</summary>
    public async Task<string> NewRedisAsync()
    {
        var redis = await _redis.Value;
        var number = Interlocked.Increment(ref _redisDatabases);
        Assert.True(number < RedisServer.Databases, "More Redis databases are asked for than the server has.");
        var name = number.ToString(CultureInfo.InvariantCulture);
        return $"{redis.ConnectionString},defaultDatabase={name},channelPrefix=test{name}:";
    }

    public async ValueTask DisposeAsync()
    {
        if (_postgres.IsValueCreated)
        {
            await (await _postgres.Value).DisposeAsync();
        }

        if (_redis.IsValueCreated)
        {
            await (await _redis.Value).DisposeAsync();
        }
    }
}
