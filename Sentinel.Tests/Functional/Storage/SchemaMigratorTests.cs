using Sentinel.Storage.Postgres;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Storage;

public sealed class SchemaMigratorTests(RealStores stores)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Programs_that_start_together_apply_each_file_once()
    {
        var (database, redis) = (await stores.NewDatabaseAsync(), await stores.NewRedisAsync());

        var hosts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => StorageHost.StartAsync(database, redis)));

        Assert.Equal(Files(), await hosts[0].ScalarAsync<long>("SELECT count(*) FROM schema_migrations"));
        await Task.WhenAll(hosts.Select(host => host.DisposeAsync().AsTask()));
    }

    [Fact]
    public async Task Applying_again_changes_nothing()
    {
        await using var host = await NewHostAsync();

        await host.Get<SchemaMigrator>().ApplyAsync(Cancel);

        Assert.Equal(Files(), await host.ScalarAsync<long>("SELECT count(*) FROM schema_migrations"));
    }

    [Fact]
    public async Task File_that_was_edited_after_it_was_applied_is_named()
    {
        await using var host = await NewHostAsync();
        _ = await host.ScalarAsync<string>(
            "UPDATE schema_migrations SET checksum = sha256('other') WHERE version = 2 RETURNING name");

        var refusal = await Assert.ThrowsAsync<SchemaMismatchException>(
            () => host.Get<SchemaMigrator>().ApplyAsync(Cancel));

        Assert.Contains("002_intercept_logs.sql", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_does_not_start_on_a_schema_that_is_newer_than_itself()
    {
        var (database, redis) = (await stores.NewDatabaseAsync(), await stores.NewRedisAsync());
        await using var host = await StorageHost.StartAsync(database, redis);
        _ = await host.ScalarAsync<int>(
            "INSERT INTO schema_migrations (version, name, checksum) VALUES (999, 'later', '') RETURNING version");

        var refusal = await Assert.ThrowsAsync<SchemaMismatchException>(
            () => StorageHost.StartAsync(database, redis));

        Assert.Contains("schema 999", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_starts_without_PostgreSQL_and_migrates_when_it_is_there()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await postgres.SignalAsync("STOP");
        await using var host = await StorageHost.StartAsync(
            postgres.ConnectionString("postgres"), await stores.NewRedisAsync(), Patience.Some);
        var store = host.Get<BindingStore>();
        _ = await Assert.ThrowsAsync<Sentinel.Storage.StoreUnavailableException>(
            () => store.FindAsync(The.Fingerprint, Cancel));

        await postgres.SignalAsync("CONT");

        await Eventually.Succeeds(async () => Assert.Null(await store.FindAsync(The.Fingerprint, Cancel)));
    }

    private async Task<StorageHost> NewHostAsync() =>
        await StorageHost.StartAsync(await stores.NewDatabaseAsync(), await stores.NewRedisAsync());

    private static long Files() => typeof(SchemaMigrator).Assembly.GetManifestResourceNames()
        .Count(name => name.StartsWith("db/", StringComparison.Ordinal));
}
