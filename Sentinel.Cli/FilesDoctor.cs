namespace Sentinel.Cli;

/// <summary>Whether what setup wrote for its owner alone is his alone still: editors and copies change that.</summary>
internal static class FilesDoctor
{
    /// <summary>Looks at a file of settings and at the keys of the certificates beside it.</summary>
    public static DoctorLine Look(FileInfo file)
    {
        var folder = Path.Combine(file.DirectoryName!, "tls");
        var keys = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.key", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            : Enumerable.Empty<string>();
        string[] open = [.. keys.Prepend(file.FullName).Where(IsOpen)];
        return new DoctorLine("secret-files", open.Length == 0
            ? null
            : $"Everybody can read {string.Join(", ", open)}. Run: chmod 600 {string.Join(' ', open)}");
    }

    private static bool IsOpen(string path) => !OperatingSystem.IsWindows()
        && (File.GetUnixFileMode(path) & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) != 0;
}
