using Microsoft.Extensions.Configuration.Memory;

namespace Sentinel.AppHost;

/// <summary>Reads <c>.env</c> beside the solution, so that an installation's file goes on working.</summary>
internal static class DotEnv
{
    public static void AddDotEnv(this IDistributedApplicationBuilder builder)
    {
        var path = builder.Configuration["Sentinel:EnvFile"] ?? Path.Combine(builder.AppHostDirectory, "..", ".env");
        if (!File.Exists(path))
        {
            return;
        }

        // The first source is the weakest: whatever the environment or an argument says counts more.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Read(path) });
    }

    private static List<KeyValuePair<string, string?>> Read(string path) =>
    [
        .. File.ReadLines(path)
            .Select(line => line.Trim())
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.StartsWith("export ", StringComparison.Ordinal) ? line["export ".Length..] : line)
            .Select(line => line.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .Select(pair => KeyValuePair.Create(Key(pair[0]), (string?)Unquoted(pair[1].Trim()))),
    ];

    private static string Key(string name) => name.Trim().Replace("__", ":", StringComparison.Ordinal);

    private static string Unquoted(string value) =>
        value.Length >= 2 && value[0] == value[^1] && value[0] is '"' or '\'' ? value[1..^1] : value;
}
