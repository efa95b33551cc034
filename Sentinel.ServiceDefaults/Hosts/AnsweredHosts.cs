namespace Sentinel.ServiceDefaults.Hosts;

/// <summary>The names under which an app answers.</summary>
public sealed class AnsweredHosts
{
    public const string SectionName = "Sentinel:Hosts";

    /// <summary>
    /// Host names that clients use (<c>ALLOWED_HOSTS</c>), comma-separated; <c>*.example.com</c> stands for all below
    /// it. Empty by default: every name. Production asks for it.
    /// </summary>
    public string Allowed { get; set; } = "";

    /// <summary>Host names by which other parts of the stack call this one. Empty by default.</summary>
    public string Internal { get; set; } = "";
}
