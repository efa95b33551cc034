using Sentinel.Core.Credentials;

namespace Sentinel.Tests.Unit.Credentials;

/// <summary>Presents keys to the rules as the proxy does.</summary>
internal static class Presented
{
    public static readonly Fingerprinter Fingerprinter = new("the secret of the tests, in bytes"u8.ToArray());
    public static readonly SubProtocols SubProtocols = new(["chat.example"]);

    public static Profile Profile(string name) =>
        Profiles.TryGet(name, out var profile) ? profile : throw new ArgumentException(name);

    /// <summary>The fingerprint that a canonical key has.</summary>
    public static KeyFingerprint FingerprintOf(string canonical) => Fingerprinter.Compute(canonical, foldsCase: true);

    /// <summary>The credential of a request, or the code of the refusal.</summary>
    public static (Credential? Credential, string? Reason) In(
        Profile profile, params (Carriers Carrier, string Value)[] values)
    {
        var keys = new KeyCollector(profile);
        foreach (var (carrier, value) in values)
        {
            if (keys.Wants(carrier))
            {
                keys.Add(carrier, value);
            }
        }

        return Conclude(keys);
    }

    public static (Credential? Credential, string? Reason) InQuery(Profile profile, string query)
    {
        var keys = new KeyCollector(profile);
        return QueryCarriers.TryCollect(query, ref keys) ? Conclude(keys) : (null, "bad_request");
    }

    public static (Credential? Credential, string? Reason) InSubProtocols(Profile profile, params string[] lines)
    {
        var keys = new KeyCollector(profile);
        foreach (var line in lines)
        {
            SubProtocols.Collect(line, ref keys);
        }

        return Conclude(keys);
    }

    private static (Credential? Credential, string? Reason) Conclude(KeyCollector keys) =>
        keys.TryConclude(Fingerprinter, out var credential, out var reason) ? (credential, null) : (null, reason.Code);
}
