using FsCheck.Fluent;
using Sentinel.Core.Credentials;

namespace Sentinel.Tests.Unit.Credentials;

/// <summary>Which spellings are one key: the third column is what is hashed, or why nothing is.</summary>
public sealed class KeyCanonTests
{
    private const string K16 = "abcdefghij012345";
    private const string K48 = "abcdefghij0123456789abcdefghij0123456789abcdefgh";
    private const string K128 = K48 + K48 + K16 + K16;

    public static TheoryData<string, string, string> Spellings => new()
    {
        // profile    presented                 canonical
        { "generic",  "sk-" + K48,              K48 },
        { "generic",  K48,                      K48 },
        { "generic",  "sk-" + K48 + "-7",       K48 },
        { "generic",  K48 + "-7",               K48 },
        { "generic",  "SK-" + K48,              K48 },
        { "generic",  "sk-" + K48 + "-x",       "credential_invalid" },
        { "generic",  "sk-" + K48 + "-",        "credential_invalid" },
        { "generic",  "sk-" + K48 + "-7-8",     "credential_invalid" },
        { "generic",  "sk-" + K48 + "x",        "sk-" + K48 + "x" },
        { "generic",  "sk-ant-" + K48,          "sk-ant-" + K48 },
        { "generic",  "sk-proj-a_b-c",          "sk-proj-a_b-c" },
        { "generic",  "AIza" + K16,             "aiza" + K16 },
        { "generic",  "x",                      "x" },
        { "new-api",  "sk-" + K48,              K48 },
        { "new-api",  K48 + "-7",               K48 },
        { "new-api",  K16,                      K16 },
        { "new-api",  "sk-" + K16 + "-12",      K16 },
        { "new-api",  K128,                     K128 },
        { "new-api",  K128 + "x",               "credential_invalid" },
        { "new-api",  "abcdefghij01234",        "credential_invalid" },
        { "new-api",  "sk-sk-" + K48,           "credential_invalid" },
        { "new-api",  "sk-" + K48 + "-x",       "credential_invalid" },
        { "new-api",  K16 + "_",                "credential_invalid" },
        { "new-api",  "sk-",                    "credential_invalid" },
        { "one-api",  "sk-" + K48 + "-7",       K48 },
        { "one-api",  "ABCDEFGHIJ012345",       K16 },
        { "openai",   "sk-" + K48,              "sk-" + K48 },
        { "openai",   "sk-" + K48 + "-7",       "sk-" + K48 + "-7" },
        { "anthropic", "sk-ant-" + K48,         "sk-ant-" + K48 },
        { "gemini",   "AIza" + K16,             "aiza" + K16 },
        { "azure",    K16 + K16,                K16 + K16 },
        { "litellm",  "sk-" + K48,              "sk-" + K48 },
        { "portkey",  K48,                      K48 },
    };

    [Theory]
    [MemberData(nameof(Spellings))]
    public void Spellings_of_one_key_have_one_fingerprint(string profile, string presented, string canonical)
    {
        var (credential, reason) = Presented.In(
            Presented.Profile(profile), (FirstDeclared(profile), presented));
        Assert.Equal(reason is null ? Presented.FingerprintOf(canonical) : null, credential?.Fingerprint);
        Assert.Equal(canonical.StartsWith("credential_", StringComparison.Ordinal) ? canonical : null, reason);
    }

    [Fact]
    public void Where_downstream_compares_exactly_so_does_the_gate()
    {
        var exact = Profiles.OpenAI with { FoldsCase = false };
        var lower = Presented.In(exact, (Carriers.Authorization, "sk-abc")).Credential!.Fingerprint;
        Assert.NotEqual(lower, Presented.In(exact, (Carriers.Authorization, "sk-ABC")).Credential!.Fingerprint);
        Assert.Equal(lower, Presented.In(Profiles.OpenAI, (Carriers.Authorization, "sk-ABC")).Credential!.Fingerprint);
    }

    [Fact]
    public void No_spelling_of_a_New_API_key_escapes_its_fingerprint()
    {
        var given =
            from length in Gen.Choose(16, 128)
            from core in Gen.ArrayOf(Gen.Elements("abcXYZ0189".ToCharArray()), length)
            from prefix in Gen.Elements("", "sk-")
            from scheme in Gen.Elements("", "Bearer ", "bearer\t", " BEARER  ")
            from suffix in Gen.Elements("", "-1", "-4711")
            from tail in Gen.Elements("", " ", "\t ")
            from flipsCase in Gen.Elements(true, false)
            select (Key: new string(core), prefix, scheme, suffix, tail, flipsCase);

        Rule.Holds(given, spelling =>
        {
            var core = spelling.flipsCase ? FlipCase(spelling.Key) : spelling.Key;
            var presented = spelling.scheme + spelling.prefix + core + spelling.suffix + spelling.tail;
            var credential = Presented.In(Profiles.NewApi, (Carriers.Authorization, presented)).Credential;
            return credential?.Fingerprint == Presented.FingerprintOf(spelling.Key)
                && credential.Key.Forwarded.SequenceEqual(spelling.prefix + core + spelling.suffix);
        });
    }

    private static Carriers FirstDeclared(string profile) =>
        CarrierNames.Headers.First(header => Presented.Profile(profile).Declared.HasFlag(header.Carrier)).Carrier;

    private static string FlipCase(string text) =>
        string.Concat(text.Select(letter => char.IsAsciiLetter(letter) ? (char)(letter ^ 0x20) : letter));
}
