using Microsoft.Extensions.Hosting;

namespace Sentinel.Storage;

public static class StorageExtensions
{
    /// <summary>Adds PostgreSQL and Redis.</summary>
    public static void AddStorage(this IHostApplicationBuilder builder)
    {
        builder.AddNpgsqlDataSource("sentinel");
        builder.AddRedisClient("redis", settings => settings.DisableTracing = true);
    }
}
