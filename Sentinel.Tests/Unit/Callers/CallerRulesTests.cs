using System.Net;
using Sentinel.Core.Callers;

namespace Sentinel.Tests.Unit.Callers;

/// <summary>Trusted are 10.0.0.0/8, loopback and fd00::/8; <c>|</c> separates the lines of a header.</summary>
public sealed class CallerRulesTests
{
    private static readonly CallerRules _rules = new(Claimed.Proxies);

    public static TheoryData<string, string?, string?, string, string?> Requests => new()
    {
        // peer               X-Real-IP               X-Forwarded-For                    finding          caller
        { "192.0.2.7",        null,                   null,                              "Peer",          "192.0.2.7" },
        { "192.0.2.7",        "192.0.2.9",            "192.0.2.9",                       "Peer",          "192.0.2.7" },
        { "::ffff:192.0.2.7", null,                   null,                              "Peer",          "192.0.2.7" },
        { "2002:a00:1::1",    "192.0.2.9",            null,                              "UnprovenProxy", null },
        { "64:ff9b::a00:1",   "192.0.2.9",            null,                              "UnprovenProxy", null },
        { "10.0.0.1",         null,                   null,                              "NobodyNamed",   null },
        { "127.0.0.1",        null,                   null,                              "NobodyNamed",   null },
        { "10.0.0.1",         "192.0.2.7",            null,                              "Named",         "192.0.2.7" },
        { "::ffff:10.0.0.1",  "192.0.2.7",            null,                              "Named",         "192.0.2.7" },
        { "fd00::1",          "3fff::7",              null,                              "Named",         "3fff::7" },
        { "10.0.0.1",         "192.0.2.7:4711",       null,                              "Named",         "192.0.2.7" },
        { "10.0.0.1",         "[3fff::7]:4711",       null,                              "Named",         "3fff::7" },
        { "10.0.0.1",         "[3fff::7]",            null,                              "Named",         "3fff::7" },
        { "10.0.0.1",         "::ffff:192.0.2.7",     null,                              "Named",         "192.0.2.7" },
        { "10.0.0.1",         "192.0.2.7|192.0.2.7",  null,                              "Named",         "192.0.2.7" },
        { "10.0.0.1",         "192.0.2.7|192.0.2.9",  null,                              "Contradiction", null },
        { "10.0.0.1",         "192.0.2.7|",           null,                              "Contradiction", null },
        { "10.0.0.1",         "192.0.2.7, 192.0.2.7", null,                              "Malformed",     null },
        { "10.0.0.1",         "",                     null,                              "Malformed",     null },
        { "10.0.0.1",         "192.0.2.07",           null,                              "Malformed",     null },
        { "10.0.0.1",         "[192.0.2.7]",          null,                              "Malformed",     null },
        { "10.0.0.1",         "192.0.2.7:",           null,                              "Malformed",     null },
        { "10.0.0.1",         "192.0.2.7:65536",      null,                              "Malformed",     null },
        { "10.0.0.1",         "fe80::1%eth0",         null,                              "Malformed",     null },
        { "10.0.0.1",         "unknown",              null,                              "Malformed",     null },
        { "10.0.0.1",         "10.0.0.2",             null,                              "ProxyNamed",    null },
        { "10.0.0.1",         "2002:a00:2::1",        null,                              "ProxyNamed",    null },
        { "10.0.0.1",         null,                   "192.0.2.7",                       "Named",         "192.0.2.7" },
        { "10.0.0.1",         null,                   "192.0.2.9, 192.0.2.7",            "Named",         "192.0.2.7" },
        { "10.0.0.1",         null,                   "192.0.2.9 ,192.0.2.7\t,10.0.0.2", "Named",         "192.0.2.7" },
        { "10.0.0.1",         null,                   "192.0.2.9|192.0.2.7",             "Named",         "192.0.2.7" },
        { "10.0.0.1",         null,                   "192.0.2.7|10.0.0.2",              "Named",         "192.0.2.7" },
        { "10.0.0.1",         null,                   "garbage, 192.0.2.7",              "Named",         "192.0.2.7" },
        { "10.0.0.1",         null,                   "garbage|192.0.2.7",               "Named",         "192.0.2.7" },
        { "10.0.0.1",         null,                   "192.0.2.7, garbage",              "Malformed",     null },
        { "10.0.0.1",         null,                   "192.0.2.7,",                      "Malformed",     null },
        { "10.0.0.1",         null,                   "192.0.2.7|",                      "Malformed",     null },
        { "10.0.0.1",         null,                   "",                                "Malformed",     null },
        { "10.0.0.1",         null,                   "10.0.0.3, 10.0.0.2",              "ProxyNamed",    null },
        { "10.0.0.1",         null,                   "192.0.2.9, 2002:a00:2::1",        "ProxyNamed",    null },
        { "10.0.0.1",         null,                   "192.0.2.9, 64:ff9b::a00:2",       "ProxyNamed",    null },
        { "10.0.0.1",         "192.0.2.7",            "192.0.2.9, 192.0.2.7",            "Named",         "192.0.2.7" },
        { "10.0.0.1",         "192.0.2.7",            "::ffff:192.0.2.7",                "Named",         "192.0.2.7" },
        { "10.0.0.1",         "192.0.2.9",            "192.0.2.7",                       "Contradiction", null },
        { "10.0.0.1",         "garbage",              "192.0.2.7",                       "Malformed",     null },
        { "10.0.0.1",         "192.0.2.7",            "garbage",                         "Malformed",     null },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public void The_caller_is_found(string peer, string? realIp, string? forwardedFor, string finding, string? caller)
    {
        var verdict = Claimed.Resolve(_rules, peer, realIp, forwardedFor);
        Assert.Equal(finding, verdict.Finding.ToString());
        Assert.Equal(caller, verdict.IsKnown ? verdict.Address.ToString() : null);
    }

    [Fact]
    public void Finding_a_caller_allocates_nothing()
    {
        var peer = IPAddress.Parse("10.0.0.1");
        string?[] lines = ["192.0.2.9, 3fff::7, 10.0.0.2"];
        var evidence = new CallerEvidence { Peer = peer, ForwardedFor = lines };
        _ = _rules.Resolve(evidence);
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = _rules.Resolve(evidence);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
