using StackExchange.Redis;

namespace Sentinel.Tests.Distributed;

/// <summary>A connection of the test's own to the stack's Redis.</summary>
internal sealed class RedisConnection(IConnectionMultiplexer connection) : IAsyncDisposable
{
    public IDatabase Database => connection.GetDatabase();

    public static async Task<RedisConnection> OpenAsync(string connectionString) =>
        new(await ConnectionMultiplexer.ConnectAsync(connectionString));

    public async ValueTask DisposeAsync() => await connection.CloseAsync();
}
