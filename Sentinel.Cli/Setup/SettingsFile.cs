namespace Sentinel.Cli.Setup;

/// <summary>An environment file of which everything is kept: order, comments and what others wrote.</summary>
internal sealed class SettingsFile(string path)
{
    private readonly List<string> _lines = File.Exists(path) ? [.. File.ReadAllLines(path)] : [];

    public bool Lacks(string name) => Get(name).Length == 0;

    /// <summary>What a setting says; empty if nothing.</summary>
    public string Get(string name) => Find(name) is { } line ? EnvFile.Unquote(_lines[line][(name.Length + 1)..]) : "";

    public void Set(string name, string value)
    {
        if (Find(name) is { } line)
        {
            _lines[line] = $"{name}={value}";
            return;
        }

        _lines.Add($"{name}={value}");
    }

    public void Remove(string name)
    {
        if (Find(name) is { } line)
        {
            _lines.RemoveAt(line);
        }
    }

    public void Save() => PrivateFile.Write(path, string.Join('\n', _lines) + "\n");

    private int? Find(string name)
    {
        var line = _lines.FindIndex(line => line.StartsWith($"{name}=", StringComparison.Ordinal));
        return line < 0 ? null : line;
    }
}
