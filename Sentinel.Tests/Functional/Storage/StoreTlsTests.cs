using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Sentinel.Storage;
using Sentinel.Tests.Support;
using StackExchange.Redis;

namespace Sentinel.Tests.Functional.Storage;

public sealed class StoreTlsTests(TlsStores stores) : IClassFixture<TlsStores>
{
    [Fact]
    public async Task Stores_with_certificates_of_our_CA_for_their_name_are_used()
    {
        await using var program = await Program.StartAsync(stores.Good.ByName, stores.CaFile);

        Assert.True(await program.ReachesPostgresAsync());
        Assert.True(await program.ReachesRedisAsync());
    }

    [Fact]
    public Task Wrong_name_is_refused() => RefusesAsync(
        stores.Good, stores.CaFile, "it is for localhost, and the server was called 127.0.0.1");

    [Fact]
    public Task Wrong_CA_is_refused() => RefusesAsync(
        stores.Good.ByName, stores.OtherCaFile, $"it is not of a CA in {stores.OtherCaFile}");

    [Fact]
    public Task Expired_certificate_is_refused() =>
        RefusesAsync(stores.Expired.ByName, stores.CaFile, "it is valid from");

    [Fact]
    public Task Missing_file_of_the_CA_is_said() =>
        RefusesAsync(stores.Good.ByName, "/nowhere/ca.crt", "the file of our own CA cannot be read");

    [Fact]
    public async Task Store_that_does_not_speak_TLS_is_not_used()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var redis = await RedisServer.StartAsync();
        await using var program = await Program.StartAsync(
            new(postgres.ConnectionString("postgres"), redis.ConnectionString), stores.CaFile);

        Assert.False(await program.ReachesPostgresAsync());
        Assert.False(await program.ReachesRedisAsync());
    }

    private static async Task RefusesAsync(TlsStores.Pair pair, string caFile, string reason)
    {
        await using var program = await Program.StartAsync(pair, caFile);

        Assert.False(await program.ReachesPostgresAsync());
        Assert.False(await program.ReachesRedisAsync());
        Assert.All(["PostgreSQL", "Redis"], store => Assert.Contains(program.Said, line => line.StartsWith(
            $"The certificate of {store} is not to be trusted: {reason}", StringComparison.Ordinal)));
    }

    /// <summary>A program that has nothing but the stores, and remembers what it logged.</summary>
    private sealed class Program : IAsyncDisposable, ILoggerProvider, ILogger
    {
        private IHost _host = null!;

        public ConcurrentQueue<string> Said { get; } = [];

        public static async Task<Program> StartAsync(TlsStores.Pair pair, string caFile)
        {
            var program = new Program();
            var builder = Host.CreateEmptyApplicationBuilder(null);
            builder.Logging.AddProvider(program);
            _ = builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["ConnectionStrings:sentinel"] = pair.Database,
                ["ConnectionStrings:redis"] = pair.Redis,
                ["Sentinel:Credentials:HmacSecret"] = The.HmacSecret,
                ["Sentinel:Storage:CaFile"] = caFile,
                ["Sentinel:Storage:RedisTimeLimit"] = "2000",
            });
            builder.AddStorage();
            program._host = builder.Build();
            await program._host.StartAsync(TestContext.Current.CancellationToken);
            return program;
        }

        public async Task<bool> ReachesPostgresAsync()
        {
            try
            {
                await using var connection = await _host.Services.GetRequiredService<NpgsqlDataSource>()
                    .OpenConnectionAsync(TestContext.Current.CancellationToken);
                return true;
            }
            catch (NpgsqlException)
            {
                return false;
            }
        }

        public async Task<bool> ReachesRedisAsync()
        {
            try
            {
                var redis = _host.Services.GetRequiredService<IConnectionMultiplexer>();
                _ = await redis.GetDatabase().PingAsync().WaitAsync(TimeSpan.FromSeconds(20));
                return true;
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException)
            {
                return false;
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _host.StopAsync();
            await ((IAsyncDisposable)_host).DisposeAsync();
        }

        public void Dispose()
        {
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => Said.Enqueue(formatter(state, exception));
    }
}
