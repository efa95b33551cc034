using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sentinel.AdminApi.Alerts;

/// <summary>
/// Proves to the receiver that an alert is ours: that of Sentinel, and those that two services ask for.
/// </summary>
internal static class WebhookSignature
{
    public const string IdHeader = "X-Sentinel-Id";
    public const string TimestampHeader = "X-Sentinel-Timestamp";
    public const string SignatureHeader = "X-Sentinel-Signature";

    /// <summary>
    /// Names and signs a message: <c>v1=</c> and HMAC-SHA256, in hex, of <c>timestamp.id.body</c>. Whoever checks the
    /// timestamp as well cannot be sent an old alert again.
    /// </summary>
    public static async Task SignAsync(
        HttpRequestMessage message, Guid id, string secret, DateTimeOffset now, CancellationToken cancellationToken)
    {
        message.Headers.Add(IdHeader, id.ToString());
        message.Headers.Add(TimestampHeader, Seconds(now));
        if (secret.Length > 0)
        {
            var body = await message.Content!.ReadAsByteArrayAsync(cancellationToken);
            byte[] signed = [.. Encoding.UTF8.GetBytes($"{Seconds(now)}.{id}."), .. body];
            var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
            message.Headers.Add(SignatureHeader, $"v1={signature}");
        }
    }

    public static string Seconds(DateTimeOffset now) =>
        now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>Feishu takes what is to be signed as the key, and signs nothing with it.</summary>
    public static string ForFeishu(string secret, DateTimeOffset now) =>
        Convert.ToBase64String(HMACSHA256.HashData(
            Encoding.UTF8.GetBytes($"{Seconds(now)}\n{secret}"), Array.Empty<byte>()));

    /// <summary>DingTalk has its signature, with milliseconds, in the query.</summary>
    public static Uri ForDingTalk(Uri webhook, string secret, DateTimeOffset now)
    {
        if (secret.Length == 0)
        {
            return webhook;
        }

        var milliseconds = now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var signature = Convert.ToBase64String(HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{milliseconds}\n{secret}")));
        var signed = $"timestamp={milliseconds}&sign={Uri.EscapeDataString(signature)}";
        var query = webhook.Query.Length > 1 ? $"{webhook.Query[1..]}&{signed}" : signed;
        return new UriBuilder(webhook) { Query = query }.Uri;
    }
}
