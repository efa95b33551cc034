using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sentinel.Core.Callers;
using Sentinel.Core.Credentials;
using Sentinel.Core.Trail;

namespace Sentinel.Storage.Spool;

/// <summary>
/// Writes refusals that wait for PostgreSQL so that only a holder of the secret can: whoever may write where they wait
/// may not thereby invent or change any.
/// </summary>
/// <param name="secrets">The one to write with first; what was written with another of them is read too.</param>
public sealed partial class InterceptSeal(params IReadOnlyList<string> secrets)
{
    private const int MacLength = HMACSHA256.HashSizeInBytes;

    private readonly byte[][] _keys =
    [
        .. secrets.Select(secret => HKDF.DeriveKey(
            HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), HMACSHA256.HashSizeInBytes,
            info: "sentinel spooled intercepts"u8.ToArray())),
    ];

    public byte[] Seal(IReadOnlyList<Intercept> batch)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(
            batch.Select(ToRow).ToArray(), RowContext.Default.RowArray);
        return [.. HMACSHA256.HashData(_keys[0], content), .. content];
    }

    /// <summary>The refusals, or null if they were not sealed under this secret or not completely written.</summary>
    public IReadOnlyList<Intercept>? Open(ReadOnlySpan<byte> batch)
    {
        if (batch.Length <= MacLength)
        {
            return null;
        }

        var content = batch[MacLength..];
        return IsOurs(batch[..MacLength], content)
            ? [.. JsonSerializer.Deserialize(content, RowContext.Default.RowArray)!.Select(FromRow)]
            : null;
    }

    private bool IsOurs(ReadOnlySpan<byte> mac, ReadOnlySpan<byte> content)
    {
        foreach (var key in _keys)
        {
            if (CryptographicOperations.FixedTimeEquals(mac, HMACSHA256.HashData(key, content)))
            {
                return true;
            }
        }

        return false;
    }

    private static Row ToRow(Intercept it) => new(
        it.Id, it.OccurredAt, it.Reason, it.Hint, it.Fingerprint?.ToByteArray(), it.BindingId, it.Caller?.ToString(),
        it.Method, it.Path, it.UserAgent, it.RequestId, it.TraceId, it.Route, it.Observed,
        [.. it.Networks.Select(network => network.ToString())], it.Count);

    private static Intercept FromRow(Row row) => new(
        row.Id, row.OccurredAt, row.Reason, row.Hint, row.Key is null ? null : new KeyFingerprint(row.Key),
        row.BindingId, row.Caller is null ? null : ParseCaller(row.Caller), row.Method, row.Path, row.UserAgent,
        row.RequestId, row.TraceId, row.Route, row.Observed)
    {
        Networks = [.. row.Networks.Select(ParseNetwork)],
        Count = row.Count,
    };

    private static ClientAddress ParseCaller(string text) =>
        ClientAddress.TryParse(text, out var caller) ? caller : throw new JsonException("A caller is malformed.");

    private static Network ParseNetwork(string text) =>
        Network.TryParse(text, out var network) ? network : throw new JsonException("A network is malformed.");

    private sealed record Row(
        Guid Id, DateTimeOffset OccurredAt, string Reason, string Hint, byte[]? Key, Guid? BindingId, string? Caller,
        string Method, string Path, string UserAgent, string RequestId, string TraceId, string Route, bool Observed,
        string[] Networks, int Count);

    [JsonSerializable(typeof(Row[]))]
    private sealed partial class RowContext : JsonSerializerContext;
}
