using System.Collections.Immutable;
using System.Net;
using Sentinel.Core.Callers;

namespace Sentinel.Tests.Unit.Callers;

/// <summary>Trusted are 10.0.0.0/8, loopback and fd00::/8; <c>|</c> separates the lines of a header.</summary>
public sealed class CallerRulesTests
{
    private const string Secret = "the secret of the proxies";

    private static readonly ImmutableArray<Network> _proxies =
        [Given.Network("10.0.0.0/8"), Given.Network("127.0.0.0/8"), Given.Network("::1"), Given.Network("fd00::/8")];

    private static readonly CallerRules _rules = new(_proxies);

    public static TheoryData<string, string?, string?, string, string?> Requests => new()
    {
        // peer                 X-Real-IP               X-Forwarded-For                       finding           caller
        { "203.0.113.7",        null,                   null,                                 "Peer",           "203.0.113.7" },
        { "203.0.113.7",        "198.51.100.9",         "198.51.100.9",                       "Peer",           "203.0.113.7" },
        { "::ffff:203.0.113.7", null,                   null,                                 "Peer",           "203.0.113.7" },
        { "2002:a00:1::1",      "198.51.100.9",         null,                                 "UnprovenProxy",  null },
        { "64:ff9b::a00:1",     "198.51.100.9",         null,                                 "UnprovenProxy",  null },
        { "10.0.0.1",           null,                   null,                                 "NobodyNamed",    null },
        { "127.0.0.1",          null,                   null,                                 "NobodyNamed",    null },
        { "10.0.0.1",           "203.0.113.7",          null,                                 "Named",          "203.0.113.7" },
        { "::ffff:10.0.0.1",    "203.0.113.7",          null,                                 "Named",          "203.0.113.7" },
        { "fd00::1",            "2001:db8::7",          null,                                 "Named",          "2001:db8::7" },
        { "10.0.0.1",           "203.0.113.7:4711",     null,                                 "Named",          "203.0.113.7" },
        { "10.0.0.1",           "[2001:db8::7]:4711",   null,                                 "Named",          "2001:db8::7" },
        { "10.0.0.1",           "[2001:db8::7]",        null,                                 "Named",          "2001:db8::7" },
        { "10.0.0.1",           "::ffff:203.0.113.7",   null,                                 "Named",          "203.0.113.7" },
        { "10.0.0.1",           "203.0.113.7|203.0.113.7", null,                              "Named",          "203.0.113.7" },
        { "10.0.0.1",           "203.0.113.7|198.51.100.9", null,                             "Contradiction",  null },
        { "10.0.0.1",           "203.0.113.7|",         null,                                 "Contradiction",  null },
        { "10.0.0.1",           "203.0.113.7, 203.0.113.7", null,                             "Malformed",      null },
        { "10.0.0.1",           "",                     null,                                 "Malformed",      null },
        { "10.0.0.1",           "203.0.113.07",         null,                                 "Malformed",      null },
        { "10.0.0.1",           "[203.0.113.7]",        null,                                 "Malformed",      null },
        { "10.0.0.1",           "203.0.113.7:",         null,                                 "Malformed",      null },
        { "10.0.0.1",           "203.0.113.7:65536",    null,                                 "Malformed",      null },
        { "10.0.0.1",           "fe80::1%eth0",         null,                                 "Malformed",      null },
        { "10.0.0.1",           "unknown",              null,                                 "Malformed",      null },
        { "10.0.0.1",           "10.0.0.2",             null,                                 "ProxyNamed",     null },
        { "10.0.0.1",           "2002:a00:2::1",        null,                                 "ProxyNamed",     null },
        { "10.0.0.1",           null,                   "203.0.113.7",                        "Named",          "203.0.113.7" },
        { "10.0.0.1",           null,                   "198.51.100.9, 203.0.113.7",          "Named",          "203.0.113.7" },
        { "10.0.0.1",           null,                   "198.51.100.9 ,203.0.113.7\t, 10.0.0.2", "Named",       "203.0.113.7" },
        { "10.0.0.1",           null,                   "198.51.100.9|203.0.113.7",           "Named",          "203.0.113.7" },
        { "10.0.0.1",           null,                   "203.0.113.7|10.0.0.2",               "Named",          "203.0.113.7" },
        { "10.0.0.1",           null,                   "garbage, 203.0.113.7",               "Named",          "203.0.113.7" },
        { "10.0.0.1",           null,                   "garbage|203.0.113.7",                "Named",          "203.0.113.7" },
        { "10.0.0.1",           null,                   "203.0.113.7, garbage",               "Malformed",      null },
        { "10.0.0.1",           null,                   "203.0.113.7,",                       "Malformed",      null },
        { "10.0.0.1",           null,                   "203.0.113.7|",                       "Malformed",      null },
        { "10.0.0.1",           null,                   "",                                   "Malformed",      null },
        { "10.0.0.1",           null,                   "10.0.0.3, 10.0.0.2",                 "ProxyNamed",     null },
        { "10.0.0.1",           null,                   "198.51.100.9, 2002:a00:2::1",        "ProxyNamed",     null },
        { "10.0.0.1",           null,                   "198.51.100.9, 64:ff9b::a00:2",       "ProxyNamed",     null },
        { "10.0.0.1",           "203.0.113.7",          "198.51.100.9, 203.0.113.7",          "Named",          "203.0.113.7" },
        { "10.0.0.1",           "203.0.113.7",          "::ffff:203.0.113.7",                 "Named",          "203.0.113.7" },
        { "10.0.0.1",           "198.51.100.9",         "203.0.113.7",                        "Contradiction",  null },
        { "10.0.0.1",           "garbage",              "203.0.113.7",                        "Malformed",      null },
        { "10.0.0.1",           "203.0.113.7",          "garbage",                            "Malformed",      null },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public void The_caller_is_found(string peer, string? realIp, string? forwardedFor, string finding, string? caller)
    {
        var verdict = Resolve(_rules, peer, realIp, forwardedFor);
        Assert.Equal(finding, verdict.Finding.ToString());
        Assert.Equal(caller, verdict.IsKnown ? verdict.Address.ToString() : null);
    }

    [Theory]
    [InlineData(CallerHeader.RealIp, "198.51.100.9", "203.0.113.7", "198.51.100.9")]
    [InlineData(CallerHeader.ForwardedFor, "198.51.100.9", "203.0.113.7", "203.0.113.7")]
    [InlineData(CallerHeader.ForwardedFor, "garbage", "203.0.113.7", "203.0.113.7")]
    [InlineData(CallerHeader.RealIp, null, "203.0.113.7", null)]
    [InlineData(CallerHeader.ForwardedFor, "203.0.113.7", null, null)]
    public void Only_the_header_that_the_operator_names_counts(CallerHeader header, string? realIp, string? line, string? caller)
    {
        var rules = new CallerRules(_proxies) { Header = header };
        var verdict = Resolve(rules, "10.0.0.1", realIp, line);
        Assert.Equal(caller, verdict.IsKnown ? verdict.Address.ToString() : null);
    }

    [Theory]
    [InlineData("10.0.0.1", Secret, "203.0.113.7")]
    [InlineData("10.0.0.1", null, null)]
    [InlineData("10.0.0.1", "another secret of the pr", null)]
    [InlineData("198.51.100.9", Secret, "198.51.100.9")]
    public void A_proxy_must_show_its_secret_where_one_is_required(string peer, string? secret, string? caller)
    {
        var rules = new CallerRules(_proxies) { RequiredSecret = Secret };
        var verdict = Resolve(rules, peer, "203.0.113.7", null, secret);
        Assert.Equal(caller, verdict.IsKnown ? verdict.Address.ToString() : null);
    }

    [Theory]
    [InlineData("127.0.0.1", null, "127.0.0.1")]
    [InlineData("::1", null, "::1")]
    [InlineData("10.0.0.1", null, null)]
    [InlineData("127.0.0.1", "127.0.0.1", null)]
    [InlineData("127.0.0.1", "203.0.113.7", "203.0.113.7")]
    public void In_development_a_loopback_peer_that_names_nobody_is_the_caller(string peer, string? realIp, string? caller)
    {
        var rules = new CallerRules(_proxies) { LoopbackMayCall = true };
        var verdict = Resolve(rules, peer, realIp, null);
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

    [Fact]
    public void Finding_a_caller_allocates_nothing()
    {
        var peer = IPAddress.Parse("10.0.0.1");
        string?[] lines = ["198.51.100.9, 2001:db8::7, 10.0.0.2"];
        var evidence = new CallerEvidence { Peer = peer, ForwardedFor = lines };
        _ = _rules.Resolve(evidence);
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = _rules.Resolve(evidence);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static CallerVerdict Resolve(
        CallerRules rules, string peer, string? realIp, string? forwardedFor, string? secret = null) =>
        rules.Resolve(new CallerEvidence
        {
            Peer = IPAddress.Parse(peer),
            ProxySecret = secret,
            RealIp = realIp?.Split('|'),
            ForwardedFor = forwardedFor?.Split('|'),
        });
}
