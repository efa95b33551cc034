namespace Sentinel.Tests.Distributed.Bundles;

/// <summary>
/// A unit of the bundle as systemd understands it, with the folders of a host moved to where the test has them.
/// </summary>
internal sealed class UnitFile
{
    private static readonly string[] _folders = ["/opt/sentinel", "/etc/sentinel", "/run/", "/var/lib/"];

    private readonly string _root;
    private readonly ILookup<string, string> _lines;

    private UnitFile(string text, string root)
    {
        _root = root;
        _lines = Assignments(Move(text, root).Split('\n')).ToLookup(pair => pair[0], pair => pair[1]);
    }

    public string Program => _lines["ExecStart"].Single();

    /// <summary>What the shell is told to do before the start.</summary>
    public string? Before => _lines["ExecStartPre"].SingleOrDefault()?.Split('\'')[1]
        .Replace("$$", "$", StringComparison.Ordinal);

    /// <summary>Those that are made for the unit.</summary>
    public IEnumerable<string> Folders =>
    [
        .. _lines["StateDirectory"].Select(name => $"{_root}/var/lib/{name}"),
        .. _lines["RuntimeDirectory"].Select(name => $"{_root}/run/{name}"),
    ];

    /// <summary>A file wins over a line of the unit, and what is unset is in neither.</summary>
    public Dictionary<string, string> Environment
    {
        get
        {
            var files = _lines["EnvironmentFile"].Where(file => file[0] != '-' || File.Exists(file[1..]))
                .SelectMany(file => File.ReadLines(file.TrimStart('-'))).Select(line => Move(line, _root));
            var unset = _lines["UnsetEnvironment"].SelectMany(names => names.Split(' '));
            return Assignments([.. _lines["Environment"], .. files])
                .GroupBy(pair => pair[0], pair => pair[1])
                .Where(name => !unset.Contains(name.Key))
                .ToDictionary(name => name.Key, name => name.Last());
        }
    }

    public static UnitFile Read(string path, string root, string instance) =>
        new(File.ReadAllText(path).Replace("%i", instance, StringComparison.Ordinal), root);

    public static string Move(string text, string root) => _folders.Aggregate(
        text, (moved, folder) => moved.Replace(folder, root + folder, StringComparison.Ordinal));

    /// <summary>Copies what the unit is given to read: the file of a folder is called by both names.</summary>
    public void LoadCredentials(DirectoryInfo folder)
    {
        foreach (var credential in _lines["LoadCredential"].Select(it => it.Split(':', 2)))
        {
            foreach (var file in Directory.EnumerateFiles(credential[1]))
            {
                File.Copy(file, Path.Combine(folder.FullName, $"{credential[0]}_{Path.GetFileName(file)}"));
            }
        }
    }

    private static IEnumerable<string[]> Assignments(IEnumerable<string> lines) =>
        lines.Where(line => line.Contains('=') && line[0] != '#').Select(line => line.Split('=', 2));
}
