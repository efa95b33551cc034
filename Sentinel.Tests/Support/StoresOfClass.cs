namespace Sentinel.Tests.Support;

/// <summary>The stores of one test class, and one program on them that has applied the schema.</summary>
public sealed class StoresOfClass(RealStores stores) : IAsyncLifetime
{
    /// <summary>The connection string of the class's database.</summary>
    public string Database { get; private set; } = "";

    /// <summary>The connection string of the class's Redis database.</summary>
    public string Redis { get; private set; } = "";

    public StorageHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Database = await stores.NewDatabaseAsync();
        Redis = await stores.NewRedisAsync();
        Host = await NewHostAsync();
    }

    /// <summary>Another program on the same stores.</summary>
    public Task<StorageHost> NewHostAsync() => StorageHost.StartAsync(Database, Redis);

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
