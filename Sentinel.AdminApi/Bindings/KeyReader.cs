using System.Diagnostics.CodeAnalysis;
using System.Text;
using Sentinel.Core.Credentials;

namespace Sentinel.AdminApi.Bindings;

/// <summary>
/// Fingerprints a key as the gate does, if this program has the gate's secret. Knows the profile of the keys that no
/// realm is named for.
/// </summary>
internal sealed class KeyReader(IConfiguration configuration) : IDisposable
{
    private readonly Fingerprinter? _fingerprinter =
        configuration["Sentinel:Credentials:HmacSecret"] is { Length: > 0 } secret
            ? new Fingerprinter(Encoding.UTF8.GetBytes(secret))
            : null;

    private readonly Profile _profile =
        (Profiles.TryGet(configuration["Sentinel:Credentials:Profile"] ?? "", out var named) ? named : Profiles.Generic)
            with
        {
            FoldsCase = !string.Equals(
                configuration["Sentinel:Credentials:KeyComparison"], "Ordinal", StringComparison.OrdinalIgnoreCase),
        };

    /// <summary>Whether this program has the secret.</summary>
    public bool CanRead => _fingerprinter is not null;

    /// <summary>Reads a key; only where <see cref="CanRead"/>.</summary>
    public bool TryRead(string key, [NotNullWhen(true)] out Credential? credential)
    {
        var keys = new KeyCollector(_profile);
        keys.Add(Carriers.Authorization, key);
        return keys.TryConclude(_fingerprinter!, out credential, out _);
    }

    public void Dispose() => _fingerprinter?.Dispose();
}
