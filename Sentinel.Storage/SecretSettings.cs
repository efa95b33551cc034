using Microsoft.Extensions.Configuration;
using Sentinel.Core.Credentials;

namespace Sentinel.Storage;

/// <summary>The secrets of the fingerprints, as all programs that have them are told.</summary>
public static class SecretSettings
{
    private const string Section = "Sentinel:Credentials:";

    /// <summary>The secrets, the one in use first; null for a program that was given none.</summary>
    /// <exception cref="FormatException">They cannot be read.</exception>
    public static IReadOnlyList<HmacSecret>? Read(IConfiguration configuration) =>
        configuration[Section + "HmacSecret"] is { Length: > 0 } secret
            ? HmacSecrets.Read(
                secret, configuration[Section + "HmacSecretId"], configuration[Section + "AcceptedSecrets"])
            : null;
}
