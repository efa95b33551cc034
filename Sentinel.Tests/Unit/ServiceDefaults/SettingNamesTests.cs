using Microsoft.Extensions.Configuration;
using Sentinel.ServiceDefaults.Settings;

namespace Sentinel.Tests.Unit.ServiceDefaults;

public sealed class SettingNamesTests
{
    [Theory]
    [InlineData("DOWNSTREAM_URL", "http://api.test", "Sentinel:Forwarding:DownstreamUrl", "http://api.test")]
    [InlineData("H2C_PORT", "7003", "Sentinel:Forwarding:H2cPort", "7003")]
    [InlineData("HMAC_SECRET", "made by setup", "Sentinel:Credentials:HmacSecret", "made by setup")]
    [InlineData("PROXY_SECRET", "made by setup", "Sentinel:Callers:ProxySecret", "made by setup")]
    [InlineData("TRUSTED_PROXIES", "10.0.0.0/8", "Sentinel:Callers:TrustedProxies", "10.0.0.0/8")]
    [InlineData("PG_DSN", "postgresql://db/sentinel", "ConnectionStrings:sentinel", "Host=db;Database=sentinel")]
    [InlineData("REDIS_URL", "redis://cache", "ConnectionStrings:redis", "cache:6379")]
    public void Drop_in_name_fills_its_setting(string name, string value, string setting, string expected) =>
        Assert.Equal(expected, Read((name, value))[setting]);

    [Fact]
    public void Setting_under_its_own_name_wins() =>
        Assert.Equal("own", Read(("ADMIN_PASSWORD", "dropped in"), ("Sentinel:Operators:Password", "own"))
            ["Sentinel:Operators:Password"]);

    [Fact]
    public void Empty_drop_in_name_says_nothing() =>
        Assert.Null(Read(("PG_DSN", ""))["ConnectionStrings:sentinel"]);

    private static ConfigurationManager Read(params (string Name, string Value)[] given)
    {
        var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection(
            given.Select(pair => KeyValuePair.Create(pair.Name, (string?)pair.Value)));
        configuration.AddDropInNames();
        return configuration;
    }
}
