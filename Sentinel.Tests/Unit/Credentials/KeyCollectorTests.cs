using Sentinel.Core.Credentials;

namespace Sentinel.Tests.Unit.Credentials;

public sealed class KeyCollectorTests
{
    private const string Key = "sk-proj-abcdefghijklmnop";

    public static TheoryData<string, string> Values => new()
    {
        // value of Authorization            key, or refusal
        { "Bearer " + Key,                   Key },
        { "bearer " + Key,                   Key },
        { "BEARER\t" + Key,                  Key },
        { "Bearer    " + Key + "  ",         Key },
        { "  " + Key,                        Key },
        { Key,                               Key },
        { "Bearer" + Key,                    "Bearer" + Key },
        { "Bearer Bearer " + Key,            "credential_invalid" },
        { "Basic " + Key,                    "credential_invalid" },
        { "Token " + Key,                    "credential_invalid" },
        { "Bearer " + Key + " " + Key,       "credential_invalid" },
        { "Bearer " + Key + "," + Key,       "credential_invalid" },
        { "Bearer " + Key + ";a",            "credential_invalid" },
        { "Bearer \"" + Key + "\"",          "credential_invalid" },
        { "Bearer '" + Key + "'",            "credential_invalid" },
        { "Bearer a\\b",                     "credential_invalid" },
        { "Bearer " + Key + "\u00a0",        "credential_invalid" },
        { "Bearer kéy",                      "credential_invalid" },
        { "Bearer a\u0001b",                 "credential_invalid" },
        { "",                                "credential_missing" },
        { " \t",                             "credential_missing" },
        { "Bearer",                          "credential_missing" },
        { "Bearer  ",                        "credential_missing" },
        { "midjourney-proxy",                "credential_missing" },
        { "Bearer midjourney-proxy",         "credential_missing" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_key_is_taken_out_of_its_carrier(string value, string expected)
    {
        var (credential, reason) = Presented.In(Profiles.Generic, (Carriers.Authorization, value));
        Assert.Equal(expected, reason ?? credential!.Key.Forwarded.ToString());
    }

    [Theory]
    [InlineData(512, true)]
    [InlineData(513, false)]
    public void A_key_has_at_most_512_characters(int length, bool isKey) =>
        Assert.Equal(
            isKey ? null : "credential_invalid",
            Presented.In(Profiles.Generic, (Carriers.XApiKey, new string('k', length))).Reason);

    [Theory]
    [InlineData(Carriers.XApiKey, "other", "credential_conflict")]
    [InlineData(Carriers.Authorization, "other", "credential_conflict")]
    [InlineData(Carriers.SubProtocol, "other", "credential_conflict")]
    [InlineData(Carriers.XApiKey, "a b", "credential_invalid")]
    [InlineData(Carriers.XApiKey, "SK-PROJ-abcdefghijklmnop", null)]
    [InlineData(Carriers.Authorization, Key, null)]
    [InlineData(Carriers.XApiKey, "", null)]
    [InlineData(Carriers.XApiKey, "midjourney-proxy", null)]
    [InlineData(Carriers.MidjourneySecret, "other", null)]
    public void Two_keys_are_a_conflict_and_one_key_twice_is_none(Carriers carrier, string value, string? reason) =>
        Assert.Equal(
            reason,
            Presented.In(Profiles.Generic, (Carriers.Authorization, "Bearer " + Key), (carrier, value)).Reason);

    [Fact]
    public void A_New_API_key_in_two_spellings_is_one_credential_in_two_carriers()
    {
        var (credential, reason) = Presented.In(
            Profiles.NewApi,
            (Carriers.Authorization, "Bearer sk-abcdefghij012345-7"),
            (Carriers.MidjourneySecret, "ABCDEFGHIJ012345"));
        Assert.Null(reason);
        Assert.Equal(Carriers.Authorization | Carriers.MidjourneySecret, credential!.Carriers);
    }

    [Fact]
    public void A_credential_never_prints_its_key()
    {
        var credential = Presented.In(Profiles.Generic, (Carriers.Authorization, "Bearer " + Key)).Credential!;
        Assert.Equal("[key]", credential.Key.ToString());
        Assert.Equal("sk-proj-…mnop", credential.ToString());
    }

    [Fact]
    public void A_plain_bearer_key_costs_one_small_object()
    {
        const string value = "Bearer " + Key;
        _ = Presented.In(Profiles.Generic, (Carriers.Authorization, value));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var keys = new KeyCollector(Profiles.Generic);
        keys.Add(Carriers.Authorization, value);
        _ = keys.TryConclude(Presented.Fingerprinter, out _, out _);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 100);
    }
}
