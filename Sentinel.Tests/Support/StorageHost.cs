using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Sentinel.Storage;

namespace Sentinel.Tests.Support;

/// <summary>A program that has nothing but the stores, wired as the apps wire them.</summary>
public sealed class StorageHost : IAsyncDisposable
{
    private readonly IHost _host;

    private StorageHost(IHost host) => _host = host;

    /// <summary>PostgreSQL, past all of Sentinel's own code.</summary>
    public NpgsqlDataSource Database => Get<NpgsqlDataSource>();

    public static async Task<StorageHost> StartAsync(
        string database, string redis, params (string Name, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        _ = builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:sentinel"] = database,
            ["ConnectionStrings:redis"] = redis,
            ["Sentinel:Credentials:HmacSecret"] = The.HmacSecret,
        });
        foreach (var (name, value) in Patience.Great.Concat(settings))
        {
            builder.Configuration[name] = value;
        }

        builder.AddStorage();
        var host = builder.Build();
        await host.StartAsync();
        return new StorageHost(host);
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>The first column of the first row.</summary>
    public async Task<T> ScalarAsync<T>(string sql, params object[] values)
    {
        await using var command = Database.CreateCommand(sql);
        command.Parameters.AddRange(values.Select(value => new NpgsqlParameter { Value = value }).ToArray());
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
