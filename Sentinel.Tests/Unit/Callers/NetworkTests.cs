using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Sentinel.Core.Callers;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Unit.Callers;

public sealed class NetworkTests
{
    private static readonly Gen<(byte[] Address, int Prefix, int Flipped)> _anyNetwork =
        from length in Gen.Elements(4, 16)
        from bytes in Gen.ArrayOf(Gen.Choose(0, 255), length)
        from prefix in Gen.Choose(0, length * 8)
        from flipped in Gen.Choose(0, (length * 8) - 1)
        where length == 4 || bytes[0] is not (0 or 0x20)
        select (bytes.Select(value => (byte)value).ToArray(), prefix, flipped);

    [Theory]
    [InlineData("10.0.0.0/8", "10.0.0.0/8")]
    [InlineData("203.0.113.7", "203.0.113.7/32")]
    [InlineData("2001:db8::/32", "2001:db8::/32")]
    [InlineData("::/0", "::/0")]
    [InlineData("::ffff:10.0.0.0/104", "10.0.0.0/8")]
    [InlineData("64:ff9b::a00:0/104", "10.0.0.0/8")]
    [InlineData("2002:a00::/24", "10.0.0.0/8")]
    [InlineData("2002:c000:201:5::/64", "192.0.2.1/32")]
    [InlineData("2002::/15", "2002::/15")]
    public void A_network_is_read_as_what_its_addresses_fold_to(string text, string network)
    {
        Assert.True(Network.TryParse(text, out var read));
        Assert.Equal(network, read.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("/8")]
    [InlineData("10.0.0.1/8")]
    [InlineData("10.0.0.0/08")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/8/8")]
    [InlineData("10.0.0.0/")]
    [InlineData("10/8")]
    [InlineData("2001:db8::1/64")]
    [InlineData("2001:db8::/129")]
    [InlineData("::ffff:10.0.0.1/104")]
    public void Host_bits_and_loose_spellings_are_no_network(string text) =>
        Assert.False(Network.TryParse(text, out _));

    [Theory]
    [InlineData("10.0.0.0/8", "10.255.255.255", true)]
    [InlineData("10.0.0.0/8", "11.0.0.0", false)]
    [InlineData("10.0.0.0/8", "::ffff:10.1.2.3", true)]
    [InlineData("10.0.0.0/8", "2002:a01:203::1", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("::/0", "10.0.0.1", false)]
    [InlineData("::/0", "2001:db8::1", true)]
    public void A_network_contains_the_folded_addresses_of_its_family(string network, string address, bool contains) =>
        Assert.Equal(contains, The.Network(network).Contains(The.Address(address)));

    [Fact]
    public void A_network_that_nobody_gave_contains_nobody()
    {
        Assert.False(default(Network).Contains(The.Address("0.0.0.0")));
        Assert.False(default(Network).Contains(The.Address("203.0.113.7")));
    }

    [Fact]
    public void An_address_that_differs_in_one_bit_is_inside_exactly_when_that_bit_is_a_host_bit() =>
        Rule.Holds(_anyNetwork, given =>
        {
            var network = Network.Of(ClientAddress.From(new IPAddress(given.Address)), given.Prefix);
            var other = given.Address.ToArray();
            other[given.Flipped / 8] ^= (byte)(0x80 >> (given.Flipped % 8));
            return network.Contains(ClientAddress.From(new IPAddress(other))) == given.Flipped >= given.Prefix;
        });

    [Fact]
    public void A_network_survives_being_written_and_stored() =>
        Rule.Holds(_anyNetwork, given =>
        {
            var network = Network.Of(ClientAddress.From(new IPAddress(given.Address)), given.Prefix);
            return Network.TryParse(network.ToString(), out var read)
                && read == network
                && Network.From(network.ToIPNetwork()) == network;
        });
}
