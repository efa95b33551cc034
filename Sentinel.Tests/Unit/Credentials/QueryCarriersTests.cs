using FsCheck.Fluent;
using Sentinel.Core.Credentials;

namespace Sentinel.Tests.Unit.Credentials;

public sealed class QueryCarriersTests
{
    public static TheoryData<string, string> Queries => new()
    {
        // query                          key, or refusal
        { "?key=abc",                     "abc" },
        { "?alt=sse&key=abc",             "abc" },
        { "?KEY=abc",                     "abc" },
        { "?%6bey=abc",                   "abc" },
        { "?%4B%45%59=abc",               "abc" },
        { "?+key=abc",                    "abc" },
        { "?a=1;key=abc",                 "abc" },
        { "?key=%61bc",                   "abc" },
        { "?key=abc&key=abc",             "abc" },
        { "?key=abc&Key=%41bc",           "abc" },
        { "?key=abc&key=abd",             "credential_conflict" },
        { "?key=abc&%6Bey=abd",           "credential_conflict" },
        { "?key=abc;key=abd",             "credential_conflict" },
        { "?key=a+b",                     "credential_invalid" },
        { "?key=a%2Cb",                   "credential_invalid" },
        { "?key=%c3%a9",                  "credential_invalid" },
        { "?key=",                        "credential_missing" },
        { "?key",                         "credential_missing" },
        { "?keys=abc",                    "credential_missing" },
        { "?%256bey=abc",                 "credential_missing" },
        { "?api_key=abc",                 "credential_missing" },
        { "?q=100%",                      "credential_missing" },
        { "?",                            "credential_missing" },
        { "",                             "credential_missing" },
        { "?key=a%",                      "bad_request" },
        { "?key=a%2",                     "bad_request" },
        { "?key=%zz",                     "bad_request" },
        { "?key=%ff",                     "bad_request" },
        { "?key=a%00",                    "bad_request" },
        { "?%=1",                         "bad_request" },
        { "?%c3=1",                       "bad_request" },
        { "?key%00=abc",                  "bad_request" },
    };

    public static TheoryData<string, string> Rewritten => new()
    {
        // query                                      with the key "a/b" of ?key=
        { "?key=x",                                   "?key=a%2Fb" },
        { "?alt=sse&KEY=x",                           "?alt=sse&key=a%2Fb" },
        { "?key=x&a=1&%6bey=x&b=2",                   "?a=1&b=2&key=a%2Fb" },
        { "?api_key=y&key=x&access_token=z",          "?key=a%2Fb" },
        { "?a=1;key=x;b=2",                           "?a=1;b=2&key=a%2Fb" },
        { "?a=%41+b&subscription-key=y&api-key=z",    "?a=%41+b&key=a%2Fb" },
    };

    [Theory]
    [MemberData(nameof(Queries))]
    public void A_key_is_found_under_every_spelling_of_its_name(string query, string expected)
    {
        var (credential, reason) = Presented.InQuery(Profiles.Generic, query);
        Assert.Equal(expected, reason ?? credential!.Key.Forwarded.ToString());
    }

    [Theory]
    [MemberData(nameof(Rewritten))]
    public void Every_carrier_is_removed_and_the_checked_one_written_anew(string query, string rewritten)
    {
        var credential = Presented.InQuery(Profiles.Generic, "?key=a/b").Credential;
        Assert.Equal(rewritten, QueryCarriers.Rewrite(query, credential));
    }

    [Theory]
    [InlineData("?api_key=y", "")]
    [InlineData("?a=1&key=x", "?a=1")]
    [InlineData("?%zz=1&a=1", "?a=1")]
    [InlineData("?a=1&b", "?a=1&b")]
    [InlineData("", "")]
    public void Without_a_credential_every_carrier_is_removed(string query, string rewritten) =>
        Assert.Equal(rewritten, QueryCarriers.Rewrite(query, credential: null));

    [Fact]
    public void A_query_without_carriers_is_passed_on_as_it_is()
    {
        const string query = "?alt=sse&q=100%";
        Assert.Same(query, QueryCarriers.Rewrite(query, credential: null));
    }

    [Fact]
    public void No_query_that_was_rewritten_holds_another_key()
    {
        var queries =
            from parts in Gen.ArrayOf(Rule.Text("keyKEY%6b4B5=&;+_-apitoksn", 12), 4)
            select "?" + string.Join("&", parts);

        Rule.Holds(queries, query =>
        {
            var removed = QueryCarriers.Rewrite(query, credential: null);
            return Presented.InQuery(Profiles.Generic, removed).Reason == "credential_missing"
                && removed == QueryCarriers.Rewrite(removed, credential: null);
        });
    }
}
