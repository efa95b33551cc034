using Sentinel.Core.Credentials;

namespace Sentinel.Tests.Unit.Credentials;

public sealed class SubProtocolsTests
{
    public static TheoryData<string, string> Headers => new()
    {
        // lines, separated by |                                            key, or refusal
        { "realtime, openai-insecure-api-key.sk-abc",                       "sk-abc" },
        { "realtime,OpenAI-Insecure-Api-Key.sk-abc",                        "sk-abc" },
        { "openai-insecure-api-key.sk-abc, openai-beta.realtime-v1",        "sk-abc" },
        { "realtime|openai-insecure-api-key.sk-abc",                        "sk-abc" },
        { "openai-insecure-api-key.sk-abc, openai-insecure-api-key.sk-abc", "sk-abc" },
        { "sk-abc",                                                         "sk-abc" },
        { "realtime, sk-abc",                                               "sk-abc" },
        { "openai-insecure-api-key.sk-abc, sk-abc",                         "sk-abc" },
        { "chat.example, openai-organization.org-1, openai-project.p-1",    "credential_missing" },
        { "realtime, , ",                                                   "credential_missing" },
        { "openai-insecure-api-key.",                                       "credential_missing" },
        { "realtime, openai-insecure-api-key.sk-abc, sk-abd",               "credential_conflict" },
        { "openai-insecure-api-key.sk-abc|openai-insecure-api-key.sk-abd",  "credential_conflict" },
        { "openai-insecure-api-key.sk-abc, unknown",                        "credential_conflict" },
        { "openai-insecure-api-key.a b",                                    "credential_invalid" },
    };

    public static TheoryData<string, string> Rewritten => new()
    {
        // header                                      with the key "sk-abc"
        { "realtime, openai-insecure-api-key.sk-ABC",  "realtime, openai-insecure-api-key.sk-abc" },
        { "sk-abc, realtime,chat.example",             "realtime, chat.example, openai-insecure-api-key.sk-abc" },
        { "sk-abc",                                    "openai-insecure-api-key.sk-abc" },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public void Whatever_is_no_known_sub_protocol_counts_as_a_key(string lines, string expected)
    {
        var (credential, reason) = Presented.InSubProtocols(Profiles.Generic, lines.Split('|'));
        Assert.Equal(expected, reason ?? credential!.Key.Forwarded.ToString());
    }

    [Theory]
    [MemberData(nameof(Rewritten))]
    public void Known_sub_protocols_stay_and_the_checked_key_is_written_anew(string header, string rewritten)
    {
        var credential = Presented.InSubProtocols(Profiles.Generic, "openai-insecure-api-key.sk-abc").Credential;
        Assert.Equal(rewritten, Presented.SubProtocols.Rewrite(header, credential));
    }

    [Theory]
    [InlineData("realtime, openai-insecure-api-key.sk-abc", "realtime")]
    [InlineData("sk-abc", "")]
    public void A_key_that_stood_elsewhere_is_not_written_here(string header, string rewritten)
    {
        var credential = Presented.In(Profiles.Generic, (Carriers.Authorization, "sk-abc")).Credential;
        Assert.Equal(rewritten, Presented.SubProtocols.Rewrite(header, credential));
        Assert.Equal(rewritten, Presented.SubProtocols.Rewrite(header, credential: null));
    }
}
