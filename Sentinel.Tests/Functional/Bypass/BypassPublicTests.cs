using System.Net;
using Sentinel.Tests.Functional.Gate;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Bypass;

/// <summary>A public route takes nobody's key along, binds none, and leads nowhere else.</summary>
public sealed class BypassPublicTests(GateWorld world) : IClassFixture<GateWorld>, IAsyncDisposable
{
    private readonly ProxyApp _proxy = world.NewProxy(
        ("Sentinel:Routes:open:Path", "/open/{**rest}"), ("Sentinel:Routes:open:Access", "public"));

    public static TheoryData<string, string> Rows => PublicRows.All;

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Public_route_takes_no_stolen_key_along(string row, string answer)
    {
        var key = The.Key;
        Assert.Equal(HttpStatusCode.OK, await _proxy.AskAsync(key, The.Caller));

        await ExpectAsync(row, key, answer);

        Assert.Equal(HttpStatusCode.OK, await _proxy.AskAsync(key, The.Caller));
    }

    [Fact]
    public async Task Public_route_binds_no_key_that_nobody_has_used()
    {
        foreach (var row in Rows.Where(row => row.Data.Item2 is "200"))
        {
            var key = The.Key;

            await ExpectAsync(row.Data.Item1, key, "200");

            Assert.Null(await world.StateAsync(key));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("|Authorization: Bearer <key>")]
    [InlineData("|Sec-WebSocket-Protocol: realtime, openai-insecure-api-key.<key>")]
    public async Task WebSocket_of_a_public_route_takes_none_along_either(string headers)
    {
        await using var proxy = world.NewProxy(
            ("Sentinel:Routes:open:Path", "/ws/{**rest}"), ("Sentinel:Routes:open:Access", "public"));
        var key = The.Key;

        var row = Thief.Dress($"GET /ws/echo|<ws>{headers}|X-Real-IP: {The.Stranger}", key);
        var answer = await Thief.TryAsync(
            proxy.Client.BaseAddress!, row, IPAddress.Loopback, TestContext.Current.CancellationToken);

        Assert.Equal("101", answer);
        Assert.Equal(0, await world.MentionsAsync(key));
        Assert.Null(await world.StateAsync(key));
    }

    public ValueTask DisposeAsync() => _proxy.DisposeAsync();

    private async Task ExpectAsync(string row, string key, string answer)
    {
        var before = await world.MentionsAsync(key);

        var request = Thief.Dress(row, key) + $"|X-Real-IP: {The.Stranger}";
        Assert.Equal(answer, await Thief.TryAsync(
            _proxy.Client.BaseAddress!, request, IPAddress.Loopback, TestContext.Current.CancellationToken));

        Assert.Equal(before, await world.MentionsAsync(key));
    }
}
