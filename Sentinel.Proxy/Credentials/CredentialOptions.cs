using System.ComponentModel.DataAnnotations;

namespace Sentinel.Proxy.Credentials;

/// <summary>How keys are read and fingerprinted.</summary>
public sealed class CredentialOptions
{
    public const string SectionName = "Sentinel:Credentials";

    /// <summary>The secret of the fingerprints, at least 32 bytes. No default; whoever changes it forgets all bindings.</summary>
    [Required(ErrorMessage = "Set Sentinel:Credentials:HmacSecret or SENTINEL_HMAC_SECRET (at least 32 bytes).")]
    [MinLength(32, ErrorMessage = "Sentinel:Credentials:HmacSecret (SENTINEL_HMAC_SECRET) needs at least 32 bytes.")]
    public string HmacSecret { get; set; } = "";
}
