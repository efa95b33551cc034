using System.Collections.Immutable;
using Sentinel.Core.Credentials;
using Sentinel.Storage;

namespace Sentinel.AdminApi.Bindings;

/// <summary>
/// Fingerprints a key as the gate does, if this program has the gate's secret. How the keys of a realm are read is what
/// <c>Sentinel:Downstreams</c> says, as it does to the gate.
/// </summary>
internal sealed class KeyReader(IConfiguration configuration) : IDisposable
{
    private readonly SecretRing? _ring =
        SecretSettings.Read(configuration) is { } secrets ? new SecretRing(secrets) : null;

    /// <summary>Whether this program has the secret.</summary>
    public bool CanRead => _ring is not null;

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
    /// <param name="key">As a client would send it.</param>
    /// <param name="profile">How it is read.</param>
    /// <param name="hint">What a person may see of it.</param>
    /// <param name="names">What it is called under each secret.</param>
    public bool TryRead(string key, Profile profile, out string hint, out ImmutableArray<KeyName> names)
    {
        var keys = new KeyCollector(profile);
        keys.Add(Carriers.Authorization, key);
        var isKey = keys.TryConclude(_ring!.Current, out var credential, out _);
        (hint, names) = isKey ? (credential!.Hint, _ring.NamesOf(credential)) : ("", []);
        return isKey;
    }

    public void Dispose() => _ring?.Dispose();
}
