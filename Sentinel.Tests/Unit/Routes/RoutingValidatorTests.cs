using Microsoft.Extensions.Configuration;
using Sentinel.Proxy.Routes;

namespace Sentinel.Tests.Unit.Routes;

public sealed class RoutingValidatorTests
{
    public static TheoryData<string, string?> Settings => new()
    {
        // settings, separated by |                                             what is said, in part
        { "",                                                                   "DOWNSTREAM_URL" },
        { "Url=http://a",                                                       null },
        { "Url=a",                                                              "no http or https address" },
        { "Url=http://user:secret@a",                                           "no http or https address" },
        { "Downstreams:b:Addresses=http://b",                                   "No route leads" },
        { "Downstreams:b:Addresses=http://b|Routes:all:Downstream=b",           null },
        { "Downstreams:b:Addresses=http://b, https://c:8443|Routes:x:Downstream=b", null },
        { "Downstreams:b:Realm=b|Routes:x:Downstream=b",                        "Addresses: set at least one" },
        { "Url=http://a|Routes:x:Path=/x|Routes:x:Downstream=nobody",           "no Sentinel:Downstreams:nobody" },
        { "Url=http://a|Routes:x:Path=v1",                                      "does not begin with a slash" },
        { "Url=http://a|Routes:x:Path=/{a",                                     "'/{a' is no path" },
        { "Url=http://a|Routes:x:Path=/{id:int}",                               "a segment is either" },
        { "Url=http://a|Routes:x:Path=/{id?}",                                  "a segment is either" },
        { "Url=http://a|Routes:x:Path=/m{id}",                                  "a segment is either" },
        { "Url=http://a|Routes:x y:Path=/x",                                    "a name has letters" },
        { "Url=http://a|Routes:x:Path=/{**all}",                                "default and Sentinel:Routes:x take" },
        { "Url=http://a|Routes:x:Path=/a/{b}|Routes:y:Path=/A/{c}/",            "x and Sentinel:Routes:y take" },
        { "Url=http://a|Routes:x:Path=/a/{b}|Routes:y:Path=/a/b",               null },
        { "Url=http://a|Routes:x:Methods=GET|Routes:y:Methods=POST, PUT",       null },
        { "Url=http://a|Routes:x:Methods=GET|Routes:y:Methods=POST, GET",       "x and Sentinel:Routes:y take" },
        { "Url=http://a|Routes:x:Hosts=a.test|Routes:y:Hosts=b.test",           null },
        { "Url=http://a|Routes:x:Hosts=a.test|Routes:y:Hosts=A.test",           "x and Sentinel:Routes:y take" },
        { "Url=http://a|Routes:x:Methods=TRACE",                                "'TRACE' is none of" },
        { "Url=http://a|Routes:x:Hosts=http://a.test",                          "is no host" },
        { "Url=http://a|Routes:x:Path=/p/{**x}|Routes:x:StripPrefix=p",         "is no prefix" },
        { "Url=http://a|Routes:x:Path=/p/{**x}|Routes:x:StripPrefix=/p",        null },
        { "Url=http://a|Routes:x:Path=/p|Routes:x:IdleTimeout=00:00:00",        "IdleTimeout lies between" },
        { "Url=http://a|Downstreams:default:Profile=openrouter",                "Profile is one of" },
        { "Url=http://a|Downstreams:b:Addresses=http://b|Downstreams:b:Profile=gemini", "realms of their own" },
        { "Url=http://a|Downstreams:b:Addresses=http://b|Downstreams:b:Profile=gemini|Downstreams:b:Realm=b", null },
        { "Url=http://a|Downstreams:b:Addresses=http://b|Downstreams:b:Realm=b b", "Realm: a name has letters" },
        { "Url=http://a|Downstreams:default:LoadBalancing=Best",                "LoadBalancing is one of" },
        { "Url=http://a|Downstreams:default:HealthPath=health",                 "begins with a slash" },
        { "Url=http://a|Downstreams:default:HealthInterval=00:00:00",           "more than nothing" },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public void What_is_wrong_is_said_at_start(string settings, string? said)
    {
        var problems = Validate(settings);

        Assert.Equal(said is null ? 0 : 1, problems.Length);
        Assert.All(problems, problem => Assert.Contains(said!, problem, StringComparison.Ordinal));
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once() =>
        Assert.Equal(4, Validate(
            "Url=http://a|Routes:x:Path=v1|Routes:y:Downstream=nobody|Routes:y:Path=/y"
            + "|Downstreams:b:LoadBalancing=Best").Length);

    private static string[] Validate(string settings)
    {
        var values = settings.Split('|', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => (string?)pair[1]);
        var url = values.Remove("Url", out var given) ? given! : "";
        var options = new RoutingOptions();
        new ConfigurationBuilder().AddInMemoryCollection(values).Build().Bind(options);
        options.AddDefaults(url, "generic");
        return [.. new RoutingValidator().Validate(null, options).Failures ?? []];
    }
}
