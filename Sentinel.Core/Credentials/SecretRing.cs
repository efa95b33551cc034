using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Sentinel.Core.Credentials;

/// <summary>
/// The secrets under which keys are known. One gives the fingerprints of all requests; only a key that is not found
/// under it is looked for under the others.
/// </summary>
public sealed class SecretRing : IDisposable
{
    private readonly Entry[] _entries;

    /// <param name="secrets">The one in use first, as <see cref="HmacSecrets.Read"/> gives them.</param>
    public SecretRing(IReadOnlyList<HmacSecret> secrets)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        _entries = [.. secrets.Select(secret => new Entry(secret)).OrderBy(entry => entry.Id)];
        CurrentId = secrets[0].Id;
        Current = _entries.First(entry => entry.Id == CurrentId).Fingerprinter;
        Proofs = _entries.ToImmutableDictionary(entry => entry.Id, entry => entry.Proof);
    }

    /// <summary>The secret that this program was told to use.</summary>
    public short CurrentId { get; }

    public Fingerprinter Current { get; }

    /// <summary>Whether no secret is being rotated, so that nothing has to be looked for elsewhere.</summary>
    public bool IsAlone => _entries.Length == 1;

    /// <summary>By which each secret can be told from any other, and from which nobody can learn it.</summary>
    public IReadOnlyDictionary<short, byte[]> Proofs { get; }

    /// <summary>What a key is called under each secret, the oldest first.</summary>
    public ImmutableArray<KeyName> NamesOf(Credential credential)
    {
        ArgumentNullException.ThrowIfNull(credential);
        if (IsAlone)
        {
            return [new KeyName(CurrentId, credential.Fingerprint)];
        }

        var profile = credential.Profile;
        _ = KeyCanon.TryFind(credential.Key.Forwarded, profile, out var canonical);
        var names = ImmutableArray.CreateBuilder<KeyName>(_entries.Length);
        foreach (var entry in _entries)
        {
            names.Add(new KeyName(
                entry.Id, entry.Fingerprinter.Compute(canonical, profile.FoldsCase, profile.Realm)));
        }

        return names.MoveToImmutable();
    }

    public void Dispose()
    {
        foreach (var entry in _entries)
        {
            entry.Fingerprinter.Dispose();
        }
    }

    private sealed class Entry(HmacSecret secret)
    {
        public short Id { get; } = secret.Id;

        public Fingerprinter Fingerprinter { get; } = new(secret.ToByteArray());

        public byte[] Proof { get; } = HKDF.DeriveKey(
            HashAlgorithmName.SHA256, secret.ToByteArray(), HMACSHA256.HashSizeInBytes,
            info: "sentinel proof of a secret"u8.ToArray());
    }
}
