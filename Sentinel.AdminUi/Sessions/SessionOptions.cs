namespace Sentinel.AdminUi.Sessions;

/// <summary>How sessions are kept.</summary>
internal sealed class SessionOptions
{
    public const string SectionName = "Sentinel:Sessions";

    public const string KeyFolderPath = $"{SectionName}:{nameof(KeyFolder)}";

    /// <summary>
    /// Holds the keys of the session cookies: a folder that all replicas of the console share and nobody else can
    /// read. By default each machine has its own, and a session ends where another replica answers.
    /// </summary>
    public string? KeyFolder { get; set; }
}
