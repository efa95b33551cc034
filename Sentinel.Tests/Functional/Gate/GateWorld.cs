using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Sentinel.Core.Credentials;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Gate;

/// <summary>Two replicas of the proxy on the same stores, in front of the example downstream.</summary>
public sealed class GateWorld(RealStores stores) : IAsyncLifetime
{
    public StoresOfClass Stores { get; } = new(stores);

    public ExampleService Downstream { get; } = new();

    public ProxyApp Proxy { get; private set; } = null!;

    public ProxyApp OtherProxy { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Stores.InitializeAsync();
        await Downstream.InitializeAsync();
        Proxy = NewProxy();
        OtherProxy = NewProxy();
    }

    /// <summary>Another replica, with settings of its own.</summary>
    public ProxyApp NewProxy(params (string Name, string Value)[] settings) =>
        new(Stores.Database, Stores.Redis, Downstream.Address, settings);

    /// <summary>What stands for a key in the stores.</summary>
    public KeyFingerprint Fingerprint(string key) => Credential(key).Fingerprint;

    /// <summary>A key as the gate finds it in a request.</summary>
    public Credential Credential(string key)
    {
        var keys = new KeyCollector(Proxy.Services.GetRequiredService<Profile>());
        keys.Add(Carriers.Authorization, key);
        Assert.True(keys.TryConclude(Proxy.Services.GetRequiredService<Fingerprinter>(), out var credential, out _));
        return credential;
    }

    /// <summary>The state of a key's binding; null if there is no row.</summary>
    public async Task<string?> StateAsync(string key)
    {
        await using var command = Stores.Host.Database.CreateCommand(
            "SELECT state FROM bindings WHERE fingerprint = $1");
        command.Parameters.Add(new() { Value = Fingerprint(key).ToByteArray() });
        return (string?)await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Whether another network waits for the outcome of a key's first use.</summary>
    public Task<bool> IsContendedAsync(string key) => Stores.Host.ScalarAsync<bool>(
        "SELECT claim_contended FROM bindings WHERE fingerprint = $1", Fingerprint(key).ToByteArray());

    /// <summary>How many requests with that key came through to downstream.</summary>
    public async Task<int> CameThroughAsync(string key) =>
        (await Downstream.SeenAsync(key, TestContext.Current.CancellationToken)).Count;

    /// <summary>How many requests brought a key to downstream, in whatever spelling or place.</summary>
    public async Task<int> MentionsAsync(string key) => Mentions(await SeenAsync(), key);

    /// <summary>How many of some requests mention a key.</summary>
    public static int Mentions(IEnumerable<string> requests, string key) =>
        requests.Count(request => request.Contains(key[3..], StringComparison.OrdinalIgnoreCase));

    /// <summary>All that came through to downstream, as it stands in its log.</summary>
    public async Task<IReadOnlyList<string>> SeenAsync()
    {
        var seen = await Downstream.Client.GetFromJsonAsync<JsonElement>(
            "/_seen", TestContext.Current.CancellationToken);
        return [.. seen.GetProperty("requests").EnumerateArray().Select(request => request.GetRawText())];
    }

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        await OtherProxy.DisposeAsync();
        await Downstream.DisposeAsync();
        await Stores.DisposeAsync();
    }
}
