namespace Sentinel.ServiceDefaults.Settings;

/// <summary>A setting that holds several values, as environment variables can carry them.</summary>
public static class CommaList
{
    /// <summary>The values, trimmed; empty ones are left out.</summary>
    public static string[] Split(string list) =>
        list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
