namespace Aspire.Hosting.Docker;

/// <summary>
/// The names that the operator gives values to. A line that is there already stays, with its comment.
/// </summary>
internal sealed class EnvFile
{
    private readonly SortedDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    public string Add(string name, string description)
    {
        _entries[name] = new Entry("", description);
        return $"${{{name}}}";
    }

    public void Save(string path)
    {
        if (File.Exists(path))
        {
            Read(path);
        }

        File.WriteAllLines(path, _entries.SelectMany(entry => (IEnumerable<string>)
        [
            .. string.IsNullOrEmpty(entry.Value.Comment) ? [] : (string[])[$"# {entry.Value.Comment}"],
            $"{entry.Key}={entry.Value.Value}",
            "",
        ]));
    }

    private void Read(string path)
    {
        string? comment = null;
        foreach (var line in File.ReadLines(path).Select(line => line.TrimStart()))
        {
            if (line.StartsWith('#'))
            {
                comment = line[1..].Trim();
                continue;
            }

            if (line.Split('=', 2) is [{ Length: > 0 } name, var value])
            {
                _entries[name.Trim()] = new Entry(value, comment);
            }

            comment = null;
        }
    }

    private sealed record Entry(string Value, string? Comment);
}
