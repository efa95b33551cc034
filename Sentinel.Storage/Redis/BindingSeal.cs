using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sentinel.Core.Callers;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;

namespace Sentinel.Storage.Redis;

/// <summary>
/// Writes bindings so that only a holder of the secret can: whoever may write to Redis may not thereby bind a key. The
/// fingerprint is part of what is authenticated, so that no entry can be moved to another key.
/// </summary>
/// <param name="secrets">The one to write with first; what was written with another of them is read too.</param>
internal sealed partial class BindingSeal(params IReadOnlyList<string> secrets)
{
    private const int MacLength = HMACSHA256.HashSizeInBytes;

    private readonly byte[][] _keys =
    [
        .. secrets.Select(secret => HKDF.DeriveKey(
            HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), HMACSHA256.HashSizeInBytes,
            info: "sentinel cached binding"u8.ToArray())),
    ];

    public byte[] Seal(Binding binding)
    {
        var entry = new Entry(
            binding.Id, binding.Hint, binding.State,
            [.. binding.Networks.Select(network => network.ToString())], binding.Version);
        var content = JsonSerializer.SerializeToUtf8Bytes(entry, EntryContext.Default.Entry);
        return [.. Mac(_keys[0], binding.Fingerprint, content), .. content];
    }

    /// <summary>The binding, or null if it was not sealed for this key under this secret.</summary>
    public Binding? Open(KeyFingerprint fingerprint, ReadOnlySpan<byte> sealedEntry)
    {
        if (sealedEntry.Length <= MacLength)
        {
            return null;
        }

        var content = sealedEntry[MacLength..];
        if (!IsOurs(sealedEntry[..MacLength], fingerprint, content))
        {
            return null;
        }

        var entry = JsonSerializer.Deserialize(content, EntryContext.Default.Entry)!;
        return new Binding(
            entry.Id, fingerprint, entry.Hint, entry.State, [.. entry.Networks.Select(ParseNetwork)], entry.Version);
    }

    private static Network ParseNetwork(string text) =>
        Network.TryParse(text, out var network) ? network : throw new JsonException("A network is malformed.");

    private bool IsOurs(ReadOnlySpan<byte> mac, KeyFingerprint fingerprint, ReadOnlySpan<byte> content)
    {
        foreach (var key in _keys)
        {
            if (CryptographicOperations.FixedTimeEquals(mac, Mac(key, fingerprint, content)))
            {
                return true;
            }
        }

        return false;
    }

    private static byte[] Mac(byte[] key, KeyFingerprint fingerprint, ReadOnlySpan<byte> content) =>
        HMACSHA256.HashData(key, (byte[])[.. fingerprint.ToByteArray(), .. content]);

    private sealed record Entry(
        Guid Id, string Hint, BindingState State, ImmutableArray<string> Networks, long Version);

    [JsonSerializable(typeof(Entry))]
    [JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    private sealed partial class EntryContext : JsonSerializerContext;
}
