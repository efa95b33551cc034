using Sentinel.Core.Decisions;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Unit.Decisions;

public sealed class ClaimCapTests
{
    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7/32:100")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7/32:100")]
    [InlineData("2001:db8:1:2::7", "2001:db8:1:2::/64:100 2001:db8:1::/48:1000")]
    [InlineData("2001::7", "2001::7/128:100")]
    public void Caller_is_counted_by_its_network_and_in_IPv6_by_its_site_too(string caller, string caps) =>
        Assert.Equal(
            caps,
            string.Join(' ', ClaimCap.Of(The.Address(caller), 100, 1000).Select(cap => $"{cap.Network}:{cap.Limit}")));
}
