namespace Sentinel.Proxy;

/// <summary>A setting that holds several values, as environment variables can carry them.</summary>
internal static class CommaList
{
    public static string[] Split(string list) =>
        list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
