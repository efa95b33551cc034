using System.Security.Cryptography;
using Sentinel.Core.Callers;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;

namespace Sentinel.Tests.Support;

/// <summary>The one source of test values. Addresses are those that documentation may use (RFC 5737).</summary>
public static class The
{
    /// <summary>The secret of an installation under test.</summary>
    public const string HmacSecret = "the secret of the tests, which is long enough";

    /// <summary>A fixed moment for what must not depend on the clock.</summary>
    public static readonly DateTimeOffset Moment = new(2026, 3, 14, 15, 9, 26, TimeSpan.Zero);

    /// <summary>The rightful owner's address.</summary>
    public static readonly ClientAddress Caller = Address("203.0.113.7");

    /// <summary>Somebody else's address.</summary>
    public static readonly ClientAddress Stranger = Address("198.51.100.9");

    /// <summary>A key that no other test uses.</summary>
    public static string Key => "sk-" + RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 48);

    /// <summary>A fingerprint that no other test uses.</summary>
    public static KeyFingerprint Fingerprint => new(RandomNumberGenerator.GetBytes(KeyFingerprint.Length));

    public static ClientAddress Address(string text) =>
        ClientAddress.TryParse(text, out var address) ? address : throw new FormatException(text);

    public static Network Network(string text) =>
        Core.Callers.Network.TryParse(text, out var network) ? network : throw new FormatException(text);

    /// <summary>A first use of a key by a request of its own.</summary>
    public static FirstUse FirstUse(KeyFingerprint fingerprint, ClientAddress caller) =>
        new(fingerprint, "sk-…wxyz", caller.ToNetwork(32, 64), caller, Guid.NewGuid());
}
