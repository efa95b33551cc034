namespace Sentinel.Proxy.Forwarding;

/// <summary>How a refusal is written.</summary>
public sealed class DenialOptions
{
    public const string SectionName = "Sentinel:Denials";

    /// <summary>Origins whose browsers may read a refusal (<c>CORS_ORIGINS</c>, comma-separated, or <c>*</c>). Empty: none.</summary>
    public string CorsOrigins { get; set; } = "";
}
