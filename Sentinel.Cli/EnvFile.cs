namespace Sentinel.Cli;

/// <summary>A file of <c>NAME=value</c> lines, as Docker Compose and the AppHost read it.</summary>
internal static class EnvFile
{
    /// <summary>The settings in it. Two underscores stand for a colon.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Read(string path) => File.ReadLines(path)
        .Select(line => line.Trim())
        .Where(line => line.Length > 0 && line[0] != '#' && line.Contains('='))
        .Select(line => line.Split('=', 2))
        .Select(pair => KeyValuePair.Create(
            pair[0].Replace("__", ":", StringComparison.Ordinal), (string?)Unquote(pair[1])));

    /// <summary>Quotes within a value are its own: a connection string may end with one.</summary>
    public static string Unquote(string value) =>
        value is ['"' or '\'', .., var last] && last == value[0] ? value[1..^1] : value;
}
