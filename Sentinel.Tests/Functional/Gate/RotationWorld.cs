using System.Net;
using Sentinel.Core.Callers;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;
using Sentinel.Storage.Postgres;
using Sentinel.Storage.Redis;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Gate;

/// <summary>Stores of its own for one rotation: what is taken into use stays in use.</summary>
public sealed class RotationWorld(RealStores stores) : IAsyncLifetime
{
    public const string NewSecret = "the next secret of the tests, which is long enough";

    /// <summary>How a replica is set up before, during and after a rotation.</summary>
    public static readonly (string, string)[] Before = [];

    public static readonly (string, string)[] Prepared = [("SENTINEL_HMAC_SECRETS_ACCEPTED", $"2:{NewSecret}")];

    public static readonly (string, string)[] Rotated =
    [
        ("SENTINEL_HMAC_SECRET", NewSecret), ("SENTINEL_HMAC_SECRET_ID", "2"),
        ("SENTINEL_HMAC_SECRETS_ACCEPTED", $"1:{The.HmacSecret}"),
    ];

    public static readonly (string, string)[] Retired =
        [("SENTINEL_HMAC_SECRET", NewSecret), ("SENTINEL_HMAC_SECRET_ID", "2")];

    private static readonly BindingState[] _any = Enum.GetValues<BindingState>();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public StoresOfClass Stores { get; } = new(stores);

    public ExampleService Downstream { get; } = new();

    public BindingChanges Changes => Stores.Host.Get<BindingChanges>();

    public async ValueTask InitializeAsync()
    {
        await Stores.InitializeAsync();
        await Downstream.InitializeAsync();
    }

    public ProxyApp NewProxy((string, string)[] secrets, params (string, string)[] more) =>
        new(Stores.Database, Stores.Redis, Downstream.Address, [.. secrets, .. more]);

    /// <summary>A key that its owner used on a replica.</summary>
    public static async Task<string> BoundAsync(ProxyApp proxy)
    {
        var key = The.Key;
        Assert.Equal(HttpStatusCode.OK, await proxy.AskAsync(key, The.Caller));
        return key;
    }

    public static async Task<string?> ReasonAsync(ProxyApp proxy, string key, ClientAddress caller)
    {
        using var answer = await proxy.SendAsync(key, caller);
        return answer.Headers.TryGetValues("x-sentinel-reason", out var reasons) ? reasons.Single() : null;
    }

    /// <summary>What a key is called under the secret before the rotation, or under the one after it.</summary>
    public static KeyFingerprint NameOf(string key, bool isRotated)
    {
        using var ring = new SecretRing([new HmacSecret(1, isRotated ? NewSecret : The.HmacSecret)]);
        var keys = new KeyCollector(Profiles.Generic);
        keys.Add(Carriers.Authorization, key);
        Assert.True(keys.TryConclude(ring.Current, out var credential, out _));
        return credential.Fingerprint;
    }

    /// <summary>The binding of a key, whichever secret it is named under.</summary>
    public async Task<Binding?> FindAsync(string key) =>
        await Stores.Host.Get<BindingStore>().FindAsync(NameOf(key, isRotated: true), Cancelled)
        ?? await Stores.Host.Get<BindingStore>().FindAsync(NameOf(key, isRotated: false), Cancelled);

    /// <summary>The secret under which a key is named; each key has one row.</summary>
    public Task<short> SecretOfAsync(string key) => Stores.Host.ScalarAsync<short>(
        "SELECT max(secret_id) FROM bindings WHERE fingerprint = ANY ($1) HAVING count(*) = 1",
        (object)new[] { NameOf(key, false).ToByteArray(), NameOf(key, true).ToByteArray() });

    public async Task SetAsync(string key, BindingState state)
    {
        var changed = (await Changes.SetStateAsync((await FindAsync(key))!.Id, _any, state, Cancelled))!;
        _ = await Stores.Host.Get<Bell>().RingAsync(changed, Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        await Downstream.DisposeAsync();
        await Stores.DisposeAsync();
    }
}
