namespace Sentinel.Tests.Conventions;

/// <summary>The files of the repository, as they are on the disk.</summary>
internal static class Tree
{
    private static readonly string[] _foreign = ["artifacts", "bin", "obj", "node_modules", "TestResults"];

    public static string Root { get; } = FindRoot();

    /// <summary>Paths from the root with forward slashes; folders of tools and builds are left out.</summary>
    public static IEnumerable<string> Files(string pattern) => Files(new DirectoryInfo(Root), pattern)
        .Select(file => Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'));

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static string[] Lines(string path) => File.ReadAllLines(Path.Combine(Root, path));

    private static IEnumerable<FileInfo> Files(DirectoryInfo folder, string pattern) =>
        folder.EnumerateFiles(pattern).Concat(folder.EnumerateDirectories()
            .Where(inner => inner.Name[0] != '.' && !_foreign.Contains(inner.Name))
            .SelectMany(inner => Files(inner, pattern)));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Sentinel.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("No Sentinel.sln above the tests.");
        }

        return folder.FullName;
    }
}
