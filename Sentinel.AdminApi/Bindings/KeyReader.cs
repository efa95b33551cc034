using System.Diagnostics.CodeAnalysis;
using System.Text;
using Sentinel.Core.Credentials;

namespace Sentinel.AdminApi.Bindings;

/// <summary>
/// Fingerprints a key as the gate does, if this program has the gate's secret. How the keys of a realm are read is what
/// <c>Sentinel:Downstreams</c> says, as it does to the gate.
/// </summary>
internal sealed class KeyReader(IConfiguration configuration) : IDisposable
{
    private readonly Fingerprinter? _fingerprinter =
        configuration["Sentinel:Credentials:HmacSecret"] is { Length: > 0 } secret
            ? new Fingerprinter(Encoding.UTF8.GetBytes(secret))
            : null;

    /// <summary>Whether this program has the secret.</summary>
    public bool CanRead => _fingerprinter is not null;

    /// <summary>How the keys of a realm are read; null if no downstream is of it.</summary>
    public Profile? ProfileOf(string realm)
    {
        var name = RealmName.Of(realm);
        var downstream = configuration.GetSection("Sentinel:Downstreams").GetChildren()
            .FirstOrDefault(it => RealmName.Of(it["Realm"] ?? "") == name);
        if (downstream is null && name.Length > 0)
        {
            return null;
        }

        var named = downstream?["Profile"] is { Length: > 0 } own ? own : configuration["Sentinel:Credentials:Profile"];
        var profile = Profiles.TryGet(named ?? "", out var found) ? found : Profiles.Generic;
        return profile with
        {
            Realm = name,
            FoldsCase = !string.Equals(
                configuration["Sentinel:Credentials:KeyComparison"], "Ordinal", StringComparison.OrdinalIgnoreCase),
        };
    }

    /// <summary>Reads a key; only where <see cref="CanRead"/>.</summary>
    public bool TryRead(string key, Profile profile, [NotNullWhen(true)] out Credential? credential)
    {
        var keys = new KeyCollector(profile);
        keys.Add(Carriers.Authorization, key);
        return keys.TryConclude(_fingerprinter!, out credential, out _);
    }

    public void Dispose() => _fingerprinter?.Dispose();
}
