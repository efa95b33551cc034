using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Sentinel.AdminApi.Operators;

/// <summary>What tokens for scripts look like: unlike those of sessions, and such that scanners find them.</summary>
internal static class ScriptTokens
{
    private const string Prefix = "sentinel_admin_";
    private const string Scheme = "Bearer ";
    private const int Bytes = 32;

    public static string New() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>The script's token that a request carries; null if it carries none.</summary>
    public static string? Find(HttpRequest request) =>
        request.Headers.Authorization is [{ } value]
        && value.StartsWith(Scheme + Prefix, StringComparison.OrdinalIgnoreCase)
            ? value[Scheme.Length..].Trim()
            : null;
}
