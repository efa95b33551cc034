using System.Collections.Concurrent;
using System.Net;
using Npgsql;
using Sentinel.Core.Callers;
using Sentinel.Tests.Functional.Gate;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Upgrade;

/// <summary>The first replica of a new release migrates while those of the release before go on.</summary>
public sealed class UpgradeTests(RealStores stores, ExampleService downstream) : IClassFixture<ExampleService>
{
    // What the gate itself lives on is older than these files.
    private const int FirstOfTheNewRelease = 40;
    private const string LastThatSharesTheTable = "db/042_knocks_follow_their_key.sql";
    private const int Requests = 30;

    // A busy machine that runs tests is no outage, and many first uses from one network are no flood here.
    private static readonly (string Name, string Value)[] _patience =
    [
        ("Sentinel:Storage:PostgresTimeLimit", "10000"), ("Sentinel:Storage:RedisTimeLimit", "10000"),
        ("Sentinel:Decisions:Caps:PerNetwork", "1000000"), ("Sentinel:Decisions:Caps:PerSite", "1000000"),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Schema_is_upgraded_under_traffic_and_no_request_is_lost()
    {
        var (address, redis) = (await stores.NewDatabaseAsync(), await stores.NewRedisAsync());
        await using var database = await OldDatabase.CreateAsync(address, FirstOfTheNewRelease);
        await using var old = new ProxyApp(address, redis, downstream.Address, _patience);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var load = new Load(old);
        await load.BindAsync();
        var clients = load.Start(stop.Token);
        await load.GoesOnAsync();

        await database.ForgetNewFilesAsync();
        await using var young = new ProxyApp(address, redis, downstream.Address, _patience);

        Assert.Equal(OldDatabase.AllFiles, await database.FilesAsync());
        await load.GoesOnAsync();
        await stop.CancelAsync();
        await Task.WhenAll(clients);
        Assert.Empty(load.Failures);
        Assert.Equal(HttpStatusCode.OK, await young.AskAsync(load.Key, The.Caller));
        Assert.Equal(HttpStatusCode.Forbidden, await young.AskAsync(load.Key, The.Stranger));
    }

    /// <summary>Who waits for a lock makes others wait, and of two who wait for each other one is lost.</summary>
    [Fact]
    public async Task Migration_gives_way_to_whoever_reads_a_table_before_writing_to_it()
    {
        var address = await stores.NewDatabaseAsync();
        await using var database = await OldDatabase.CreateAsync(address, FirstOfTheNewRelease);
        await database.ForgetNewFilesAsync();
        await using var connection = new NpgsqlConnection(address);
        await connection.OpenAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await ExecuteAsync(connection, "SELECT FROM bindings LIMIT 1");

        var start = StorageHost.StartAsync(address, await stores.NewRedisAsync());
        await Eventually.Holds(async () => (await database.FilesAsync()).Contains(LastThatSharesTheTable));
        await ExecuteAsync(connection, "UPDATE bindings SET label = 'written' WHERE hint = 'sk-…1'");

        Assert.False(start.IsCompleted, "A file was applied to a table that somebody was reading.");
        await transaction.CommitAsync(Cancel);
        await using var host = await start;
        Assert.Equal(OldDatabase.AllFiles, await database.FilesAsync());
        Assert.Equal(1, await host.ScalarAsync<long>("SELECT count(*) FROM bindings WHERE label = 'written'"));
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        _ = await command.ExecuteNonQueryAsync(Cancel);
    }

    /// <summary>What a gate is asked all day: known keys, first uses and stolen keys.</summary>
    private sealed class Load(ProxyApp proxy)
    {
        private int _completed;

        public string Key { get; } = The.Key;

        public ConcurrentQueue<string> Failures { get; } = [];

        public async Task BindAsync() => Assert.Equal(HttpStatusCode.OK, await proxy.AskAsync(Key, The.Caller));

        public Task[] Start(CancellationToken stop) =>
        [
            RepeatAsync(() => AskAsync("known", Key, The.Caller, HttpStatusCode.OK), stop),
            RepeatAsync(() => AskAsync("first use", The.Key, The.Caller, HttpStatusCode.OK), stop),
            RepeatAsync(() => AskAsync("stolen", Key, The.Stranger, HttpStatusCode.Forbidden), stop),
        ];

        public Task GoesOnAsync()
        {
            var before = Volatile.Read(ref _completed);
            return Eventually.Holds(() => Volatile.Read(ref _completed) > before + Requests);
        }

        private static async Task RepeatAsync(Func<Task> ask, CancellationToken stop)
        {
            while (!stop.IsCancellationRequested)
            {
                await ask();
            }
        }

        private async Task AskAsync(string kind, string key, ClientAddress caller, HttpStatusCode expected)
        {
            using var answer = await proxy.SendAsync(key, caller);
            if (answer.StatusCode != expected)
            {
                Failures.Enqueue($"{kind}: {answer.StatusCode}");
            }

            Interlocked.Increment(ref _completed);
        }
    }
}
