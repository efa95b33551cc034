using System.Net;
using Sentinel.Core.Callers;
using Sentinel.Tests.Functional.Gate;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Bypass;

/// <summary>Ways to present a stolen key, each with its refusal. What reached downstream decides.</summary>
public sealed class BypassTests(GateWorld world) : IClassFixture<GateWorld>, IAsyncDisposable
{
    private static readonly IPAddress _thief = IPAddress.Parse("127.0.0.2");

    private static int _owners;

    private readonly ClientAddress _owner = The.Address($"203.0.113.{1 + (Interlocked.Increment(ref _owners) % 200)}");

    private ProxyApp? _direct;

    public static IEnumerable<TheoryDataRow<string, string>> Rows =>
        [.. CarrierRows.All, .. ConflictRows.All, .. TargetRows.All];

    public static TheoryData<string, string> ForgedBehindProxy => CallerRows.BehindProxy;

    public static TheoryData<string, string> ForgedDirectly => CallerRows.Direct;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>The last hop is ours: it appends the thief's address.</summary>
    private static string Seen => $"|X-Real-IP: {The.Stranger}";

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Stolen_key_does_not_reach_downstream(string row, string refusal)
    {
        var key = await BoundAsync(world.Proxy);

        await ExpectAsync(world.Proxy, key, row + Seen, refusal, IPAddress.Loopback);
    }

    [Theory]
    [MemberData(nameof(ForgedBehindProxy))]
    public async Task Forged_address_behind_a_proxy_helps_no_thief(string headers, string refusal)
    {
        var key = await BoundAsync(world.Proxy);

        var row = $"GET /a|Authorization: Bearer <key>|{headers}{Seen}";
        await ExpectAsync(world.Proxy, key, row, refusal, IPAddress.Loopback);
    }

    [Theory]
    [MemberData(nameof(ForgedDirectly))]
    public async Task Forged_address_without_a_proxy_helps_no_thief(string headers, string refusal)
    {
        _direct = world.NewProxy(("TRUSTED_PROXIES", ""));
        var key = await BoundAsync(_direct);

        await ExpectAsync(_direct, key, $"GET /a|Authorization: Bearer <key>|{headers}", refusal, _thief);
    }

    public ValueTask DisposeAsync() => _direct?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Every key has an owner of his own: one alone could not bind so many within an hour.</summary>
    private async Task<string> BoundAsync(ProxyApp proxy)
    {
        var key = The.Key;
        Assert.Equal(HttpStatusCode.OK, await proxy.AskAsync(key, _owner));
        return key;
    }

    private async Task ExpectAsync(ProxyApp proxy, string key, string row, string refusal, IPAddress from)
    {
        var before = await world.SeenAsync();

        var request = Thief.Dress(row, key).Replace("<owner>", $"{_owner}", StringComparison.Ordinal);
        var answer = await Thief.TryAsync(proxy.Client.BaseAddress!, request, from, Cancelled);

        Assert.Equal(refusal, answer);
        var after = await world.SeenAsync();
        Assert.Equal(refusal is "200" ? 1 : 0, after.Count - before.Count);
        Assert.Equal(GateWorld.Mentions(before, key), GateWorld.Mentions(after, key));
    }
}
