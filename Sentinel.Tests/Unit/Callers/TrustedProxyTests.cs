using Sentinel.Core.Callers;

namespace Sentinel.Tests.Unit.Callers;

/// <summary>What an operator says about the proxies in front.</summary>
public sealed class TrustedProxyTests
{
    private const string Secret = "the secret of the proxies";

    [Theory]
    [InlineData(CallerHeader.RealIp, "198.51.100.9", "203.0.113.7", "198.51.100.9")]
    [InlineData(CallerHeader.ForwardedFor, "198.51.100.9", "203.0.113.7", "203.0.113.7")]
    [InlineData(CallerHeader.ForwardedFor, "garbage", "203.0.113.7", "203.0.113.7")]
    [InlineData(CallerHeader.RealIp, null, "203.0.113.7", null)]
    [InlineData(CallerHeader.ForwardedFor, "203.0.113.7", null, null)]
    public void Only_the_named_header_counts(CallerHeader header, string? realIp, string? line, string? caller)
    {
        var rules = new CallerRules(Claimed.Proxies) { Header = header };
        var verdict = Claimed.Resolve(rules, "10.0.0.1", realIp, line);
        Assert.Equal(caller, verdict.IsKnown ? verdict.Address.ToString() : null);
    }

    [Theory]
    [InlineData("10.0.0.1", Secret, "203.0.113.7")]
    [InlineData("10.0.0.1", null, null)]
    [InlineData("10.0.0.1", "another secret of the pr", null)]
    [InlineData("198.51.100.9", Secret, "198.51.100.9")]
    public void A_proxy_must_show_its_secret_where_one_is_required(string peer, string? secret, string? caller)
    {
        var rules = new CallerRules(Claimed.Proxies) { RequiredSecret = Secret };
        var verdict = Claimed.Resolve(rules, peer, "203.0.113.7", null, secret);
        Assert.Equal(caller, verdict.IsKnown ? verdict.Address.ToString() : null);
    }

    [Theory]
    [InlineData("127.0.0.1", null, "127.0.0.1")]
    [InlineData("::1", null, "::1")]
    [InlineData("10.0.0.1", null, null)]
    [InlineData("127.0.0.1", "127.0.0.1", null)]
    [InlineData("127.0.0.1", "203.0.113.7", "203.0.113.7")]
    public void In_development_a_loopback_peer_may_be_the_caller(string peer, string? realIp, string? caller)
    {
        var rules = new CallerRules(Claimed.Proxies) { LoopbackMayCall = true };
        var verdict = Claimed.Resolve(rules, peer, realIp, null);
        Assert.Equal(caller, verdict.IsKnown ? verdict.Address.ToString() : null);
    }

    [Fact]
    public void Who_comes_by_a_Unix_socket_is_believed_without_a_secret()
    {
        string?[] named = ["203.0.113.7"];
        var rules = new CallerRules([]) { RequiredSecret = Secret };
        Assert.Equal("203.0.113.7", rules.Resolve(new() { IsLocalSocket = true, RealIp = named }).Address.ToString());
        Assert.Equal(CallerFinding.NobodyNamed, rules.Resolve(new() { IsLocalSocket = true }).Finding);
        Assert.Equal(CallerFinding.NoPeer, rules.Resolve(new() { RealIp = named }).Finding);
    }
}
