using System.Net;
using Sentinel.Core.Callers;

namespace Sentinel.Tests.Unit.Callers;

public sealed class Nat64PrefixTests
{
    /// <summary>The table of RFC 6052, section 2.4.</summary>
    [Theory]
    [InlineData("2001:db8::/32", "2001:db8:c000:221::")]
    [InlineData("2001:db8:100::/40", "2001:db8:1c0:2:21::")]
    [InlineData("2001:db8:122::/48", "2001:db8:122:c000:2:2100::")]
    [InlineData("2001:db8:122:300::/56", "2001:db8:122:3c0:0:221::")]
    [InlineData("2001:db8:122:344::/64", "2001:db8:122:344:c0:2:2100::")]
    [InlineData("2001:db8:122:344::/96", "2001:db8:122:344::192.0.2.33")]
    public void A_translated_caller_is_the_IPv4_host_behind_the_prefix(string text, string translated)
    {
        Assert.True(Nat64Prefix.TryParse(text, out var prefix));
        var rules = new CallerRules([]) { Nat64Prefixes = [prefix] };
        var verdict = rules.Resolve(new CallerEvidence { Peer = IPAddress.Parse(translated) });
        Assert.Equal("192.0.2.33", verdict.Address.ToString());
    }

    [Theory]
    [InlineData("2001:db8::/33")]
    [InlineData("2001:db8::1/96")]
    [InlineData("10.0.0.0/32")]
    [InlineData("garbage")]
    public void Other_lengths_are_no_prefix(string text) => Assert.False(Nat64Prefix.TryParse(text, out _));
}
