using Sentinel.Core.Credentials;

namespace Sentinel.Tests.Unit.Credentials;

public sealed class ProfilesTests
{
    /// <summary>One column per carrier: Authorization, x-api-key, api-key, x-goog-api-key, x-litellm-api-key,
    /// Ocp-Apim-Subscription-Key, mj-api-secret; the queries key, api_key, api-key, access_token, subscription-key; the
    /// sub-protocol; x-portkey-config; the queries $key, oauth_token, $httpHeaders.</summary>
    [Theory]
    [InlineData("generic",   "xxxx---x----x----")]
    [InlineData("openai",    "x-----------x----")]
    [InlineData("anthropic", "xx---------------")]
    [InlineData("gemini",    "x--x---x--x---xx-")]
    [InlineData("azure",     "x-x--x---x-x-----")]
    [InlineData("new-api",   "xx-x--xx----x----")]
    [InlineData("one-api",   "x----------------")]
    [InlineData("litellm",   "xxxxxx-x----x----")]
    [InlineData("portkey",   "xxxx-------------")]
    public void A_profile_checks_the_carriers_that_its_downstream_reads(string name, string declared)
    {
        var profile = Presented.Profile(name);
        var carriers = Enum.GetValues<Carriers>().Where(carrier => carrier != Carriers.None);
        var marks = carriers.Select(carrier => profile.Declared.HasFlag(carrier) ? 'x' : '-');
        Assert.Equal(declared, string.Concat(marks));
    }

    [Fact]
    public void Every_carrier_has_a_name()
    {
        var named = CarrierNames.Headers.Concat(CarrierNames.Query)
            .Select(entry => entry.Carrier)
            .Append(Carriers.SubProtocol);
        Assert.Equal(Enum.GetValues<Carriers>().Where(carrier => carrier != Carriers.None), named.Order());
    }
}
