namespace Sentinel.Proxy.Forwarding;

/// <summary>How a refusal is written.</summary>
public sealed class DenialOptions
{
    public const string SectionName = "Sentinel:Denials";

    /// <summary>
    /// Origins whose pages may read a refusal (<c>CORS_ORIGINS</c>): such as <c>https://chat.example.com</c>,
    /// comma-separated, or <c>*</c>. Empty by default: none.
    /// </summary>
    public string CorsOrigins { get; set; } = "";
}
