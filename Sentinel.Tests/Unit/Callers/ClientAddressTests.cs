using System.Net;
using Sentinel.Core.Callers;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Unit.Callers;

public sealed class ClientAddressTests
{
    [Theory]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("::ffff:c000:201", "192.0.2.1")]
    [InlineData("64:ff9b::c000:201", "192.0.2.1")]
    [InlineData("2002:c000:201::7", "192.0.2.1")]
    [InlineData("2001:0:1::1", "2001:0:1::1")]
    [InlineData("::192.0.2.1", "::192.0.2.1")]
    public void What_stands_for_an_IPv4_host_is_that_IPv4_address(string text, string folded)
    {
        Assert.True(ClientAddress.TryParse(text, out var address));
        Assert.Equal(folded, address.ToString());
        Assert.Equal(address, ClientAddress.From(IPAddress.Parse(text)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("127.1")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("010.0.0.1")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.256")]
    [InlineData("1.2.3.")]
    [InlineData("1.2.3.4\0")]
    [InlineData(" 1.2.3.4")]
    [InlineData("1.2.3.4:80")]
    [InlineData("[::1]")]
    [InlineData("::1%eth0")]
    [InlineData(":::")]
    [InlineData("1::2::3")]
    [InlineData(":1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1:2:3:4::5:6:7:8")]
    [InlineData("1:2:3:4:5:6:7:1.2.3.4")]
    [InlineData("1.2.3.4::")]
    [InlineData("::1.2.3.4:5")]
    [InlineData("::01.2.3.4")]
    [InlineData("12345::")]
    [InlineData("g::")]
    [InlineData("::1\0")]
    public void What_is_not_written_strictly_is_no_address(string text) =>
        Assert.False(ClientAddress.TryParse(text, out _));

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7/32")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:0:1:2:3:4:5:6", "2001:0:1:2:3:4:5:6/128")]
    public void An_address_binds_with_the_prefix_of_its_family_and_Teredo_alone(string text, string network) =>
        Assert.Equal(network, The.Address(text).ToNetwork(32, 64).ToString());

    [Fact]
    public void An_address_that_NET_prints_is_read_as_the_same_address() =>
        Rule.Holds(NearAddress.Address, address =>
            ClientAddress.TryParse(address.ToString(), out var read) && read == ClientAddress.From(address));

    [Fact]
    public void Whatever_is_read_as_an_address_NET_reads_the_same()
    {
        var (all, read) = (0, 0);

        Rule.Holds(NearAddress.Any, text =>
        {
            all++;
            if (!ClientAddress.TryParse(text, out var address))
            {
                return true;
            }

            read++;
            return IPAddress.TryParse(text, out var expected) && ClientAddress.From(expected) == address;
        });

        // Of texts that are nearly addresses some are, and some are not: both sides of the rule are seen.
        Assert.InRange(read, all / 10, all - (all / 10));
    }

    [Fact]
    public void Reading_an_address_allocates_nothing()
    {
        _ = ClientAddress.TryParse("2001:db8::1:192.0.2.1", out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = ClientAddress.TryParse("2001:db8::1:192.0.2.1", out _);
        _ = ClientAddress.TryParse("203.0.113.7", out _);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
