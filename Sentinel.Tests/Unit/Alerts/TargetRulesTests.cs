using System.Net;
using Sentinel.Core.Alerts;
using Sentinel.Core.Callers;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Unit.Alerts;

public sealed class TargetRulesTests
{
    [Theory]
    [InlineData("1.1.1.1", true)]
    [InlineData("93.184.216.34", true)]
    [InlineData("172.32.0.1", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("::ffff:1.1.1.1", true)] // mapped
    [InlineData("64:ff9b::101:101", true)] // NAT64
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.255.255.254", false)]
    [InlineData("169.254.169.254", false)] // the metadata of a cloud
    [InlineData("172.31.255.255", false)]
    [InlineData("192.168.0.1", false)]
    [InlineData("198.18.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::127.0.0.1", false)] // the deprecated form of an IPv4 address
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:169.254.169.254", false)]
    [InlineData("::ffff:0:127.0.0.1", false)]
    [InlineData("64:ff9b::a9fe:a9fe", false)] // NAT64 of 169.254.169.254
    [InlineData("64:ff9b:1::a9fe:a9fe", false)] // NAT64 of a network of its own
    [InlineData("2002:a9fe:a9fe::1", false)] // 6to4 of 169.254.169.254
    [InlineData("2001::1", false)] // Teredo
    [InlineData("2001:db8::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fd00:ec2::254", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fec0::1", false)]
    [InlineData("ff02::1", false)]
    public void Only_public_addresses_are_allowed_in_whatever_form_they_come(string address, bool isAllowed) =>
        Assert.Equal(isAllowed, new TargetRules([], []).Allows(IPAddress.Parse(address)));

    [Theory]
    [InlineData("10.9.0.1", true)]
    [InlineData("::ffff:10.9.0.1", true)]
    [InlineData("64:ff9b::a09:1", true)]
    [InlineData("10.8.0.1", false)]
    [InlineData("127.0.0.1", false)]
    public void A_network_that_is_allowed_may_be_called_and_no_other(string address, bool isAllowed) =>
        Assert.Equal(
            isAllowed, new TargetRules([The.Network("10.9.0.0/16")], []).Allows(IPAddress.Parse(address)));

    [Fact]
    public void A_NAT64_prefix_of_this_network_does_not_hide_an_inner_host()
    {
        Assert.True(Nat64Prefix.TryParse("2a00:1::/96", out var prefix));
        var rules = new TargetRules([], [prefix]);

        Assert.False(rules.Allows(IPAddress.Parse("2a00:1::10.0.0.1")));
        Assert.True(rules.Allows(IPAddress.Parse("2a00:1::1.1.1.1")));
    }
}
