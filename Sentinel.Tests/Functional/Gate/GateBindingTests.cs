using System.Net;
using Sentinel.Storage.Redis;
using Sentinel.Tests.Support;
using StackExchange.Redis;

namespace Sentinel.Tests.Functional.Gate;

public sealed class GateBindingTests(GateWorld world) : IClassFixture<GateWorld>
{
    [Fact]
    public async Task Entry_that_somebody_else_wrote_to_Redis_lets_nobody_in_and_is_counted()
    {
        var key = The.Key;
        Assert.Equal(HttpStatusCode.OK, await world.Proxy.AskAsync(key, The.Caller));
        using var rejected = new Measured(world.OtherProxy, "sentinel.store.entries_rejected");
        var redis = world.Stores.Host.Get<IConnectionMultiplexer>().GetDatabase();
        _ = await redis.HashSetAsync($"sentinel:binding:{world.Fingerprint(key)}", "entry", new byte[100]);

        Assert.Equal(HttpStatusCode.Forbidden, await world.OtherProxy.AskAsync(key, The.Stranger));
        Assert.Equal(HttpStatusCode.OK, await world.OtherProxy.AskAsync(key, The.Caller));

        Assert.Equal(1, rejected.Sum);
    }

    [Fact]
    public async Task First_use_binds_the_key_to_its_network()
    {
        var key = The.Key;

        Assert.Equal(HttpStatusCode.OK, await world.Proxy.AskAsync(key, The.Caller));

        Assert.Equal("active", await world.StateAsync(key));
    }

    [Fact]
    public async Task Bound_key_passes_from_its_network_on_every_replica()
    {
        var key = The.Key;
        _ = await world.Proxy.AskAsync(key, The.Caller);

        Assert.Equal(HttpStatusCode.OK, await world.Proxy.AskAsync(key, The.Caller));
        Assert.Equal(HttpStatusCode.OK, await world.OtherProxy.AskAsync(key, The.Caller));
    }

    [Fact]
    public async Task Key_presented_from_another_network_is_refused_and_never_reaches_downstream()
    {
        var key = The.Key;
        _ = await world.Proxy.AskAsync(key, The.Caller);

        using var refused = await world.Proxy.SendAsync(key, The.Stranger);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal("address_mismatch", Assert.Single(refused.Headers.GetValues("x-sentinel-reason")));
        Assert.Equal(HttpStatusCode.Forbidden, await world.OtherProxy.AskAsync(key, The.Stranger));
        Assert.Equal(1, await world.CameThroughAsync(key));
    }

    [Fact]
    public async Task Request_without_a_key_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/anything");
        request.Headers.Add("X-Real-IP", The.Caller.ToString());

        using var refused = await world.Proxy.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal("credential_missing", Assert.Single(refused.Headers.GetValues("x-sentinel-reason")));
    }

    [Fact]
    public async Task Preflight_is_forwarded_without_a_key()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/anything");
        request.Headers.Add("X-Real-IP", The.Caller.ToString());
        request.Headers.Add("Origin", "https://app.test");
        request.Headers.Add("Access-Control-Request-Method", "POST");

        using var answer = await world.Proxy.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Last_use_of_a_key_is_noted()
    {
        var key = The.Key;
        _ = await world.Proxy.AskAsync(key, The.Caller);
        var bound = await LastUseAsync(key);

        _ = await world.Proxy.AskAsync(key, The.Caller);

        await Eventually.Holds(async () => await LastUseAsync(key) > bound);
    }

    [Fact]
    public async Task Promoted_binding_is_in_Redis()
    {
        var key = The.Key;
        _ = await world.Proxy.AskAsync(key, The.Caller);

        var cached = await world.Stores.Host.Get<BindingCache>()
            .GetAsync(world.Fingerprint(key), TestContext.Current.CancellationToken);

        Assert.NotNull(cached);
        Assert.True(cached.Admits(The.Caller));
    }

    private async Task<DateTime> LastUseAsync(string key) => await world.Stores.Host.ScalarAsync<DateTime>(
        "SELECT last_used_at FROM bindings WHERE fingerprint = $1", world.Fingerprint(key).ToByteArray());
}
