namespace Aspire.Hosting.Docker;

/// <summary>The names that the operator gives values to. A value that is there already stays.</summary>
internal sealed class EnvFile
{
    private readonly SortedDictionary<string, string> _descriptions = new(StringComparer.Ordinal);

    public string Add(string name, string description)
    {
        _descriptions[name] = description;
        return $"${{{name}}}";
    }

    public void Save(string path)
    {
        var known = File.Exists(path)
            ? File.ReadLines(path)
                .Where(line => !line.StartsWith('#') && line.Contains('='))
                .Select(line => line.Split('=', 2))
                .ToDictionary(pair => pair[0].Trim(), pair => pair[1])
            : [];
        var kept = known.Keys.Except(_descriptions.Keys).Select(name => (Name: name, Description: (string?)null));
        var lines = _descriptions.Select(entry => (Name: entry.Key, Description: (string?)entry.Value))
            .Concat(kept)
            .OrderBy(entry => entry.Name, StringComparer.Ordinal)
            .SelectMany(entry => (IEnumerable<string>)
            [
                .. entry.Description is null ? [] : (string[])[$"# {entry.Description}"],
                $"{entry.Name}={known.GetValueOrDefault(entry.Name)}",
                "",
            ]);
        File.WriteAllLines(path, lines);
    }
}
