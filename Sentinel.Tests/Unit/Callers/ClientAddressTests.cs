using Sentinel.Core.Callers;

namespace Sentinel.Tests.Unit.Callers;

public sealed class ClientAddressTests
{
    [Theory]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("64:ff9b::c000:201", "192.0.2.1")]
    [InlineData("2002:c000:201::7", "192.0.2.1")]
    [InlineData("2001:0:1::1", "2001:0:1::1")]
    public void What_stands_for_an_IPv4_host_is_that_IPv4_address(string text, string folded)
    {
        Assert.True(ClientAddress.TryParse(text, out var address));
        Assert.Equal(folded, address.ToString());
    }
}
