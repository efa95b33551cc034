using System.ComponentModel.DataAnnotations;
using Sentinel.Core.Credentials;

namespace Sentinel.Proxy.Credentials;

/// <summary>How keys are read and fingerprinted.</summary>
public sealed class CredentialOptions
{
    public const string SectionName = "Sentinel:Credentials";

    /// <summary>
    /// The secret of the fingerprints (<c>SENTINEL_HMAC_SECRET</c>), at least 32 bytes. No default. It is not changed
    /// but rotated: <c>./sentinel setup --rotate hmac</c>.
    /// </summary>
    [Required(ErrorMessage = "Set Sentinel:Credentials:HmacSecret or SENTINEL_HMAC_SECRET (at least 32 bytes).")]
    [MinLength(32, ErrorMessage = "Sentinel:Credentials:HmacSecret (SENTINEL_HMAC_SECRET) needs at least 32 bytes.")]
    public string HmacSecret { get; set; } = "";

    /// <summary>
    /// Its number (<c>SENTINEL_HMAC_SECRET_ID</c>), from 1 to 32767. Default 1. A new secret has a higher one.
    /// </summary>
    public string? HmacSecretId { get; set; }

    /// <summary>
    /// Secrets under which keys are known too (<c>SENTINEL_HMAC_SECRETS_ACCEPTED</c>), as <c>id:secret,id:secret</c>:
    /// those before the current one, and the next one before it is used. Empty by default.
    /// </summary>
    public string? AcceptedSecrets { get; set; }

    /// <summary>
    /// How the downstream reads keys: <c>generic</c> (the default), <c>openai</c>, <c>anthropic</c>, <c>gemini</c>,
    /// <c>azure</c>, <c>new-api</c>, <c>one-api</c>, <c>litellm</c> or <c>portkey</c>.
    /// </summary>
    public string Profile { get; set; } = "generic";

    /// <summary>Whether letters that differ in case only are one key downstream. They are by default.</summary>
    public KeyComparison KeyComparison { get; set; } = KeyComparison.IgnoreCase;

    /// <summary>
    /// Sub-protocols of WebSockets that clients of this installation ask for (comma-separated), beside those of the
    /// model services. Any other token of <c>Sec-WebSocket-Protocol</c> counts as a key. Empty by default.
    /// </summary>
    public string KnownSubProtocols { get; set; } = "";

    internal IReadOnlyList<HmacSecret> Secrets => HmacSecrets.Read(HmacSecret, HmacSecretId, AcceptedSecrets);

    internal IReadOnlyList<string> SecretTexts => [.. Secrets.Select(secret => secret.Text)];
}
