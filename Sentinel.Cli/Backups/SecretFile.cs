namespace Sentinel.Cli.Backups;

/// <summary>A file of an installation.</summary>
/// <param name="Content">What it holds.</param>
/// <param name="Mode">Who may do what with it: an app in a container is another user than its operator.</param>
internal sealed record SecretFile(byte[] Content, UnixFileMode Mode)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static SecretFile Read(string path) =>
        new(File.ReadAllBytes(path), OperatingSystem.IsWindows() ? Private : File.GetUnixFileMode(path));

    /// <summary>Writes it anew. Nobody can read it who must not, not even while it is written.</summary>
    public void Write(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Private;
        }

        using (var file = new FileStream(path, options))
        {
            file.Write(Content);
        }

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, Mode);
        }
    }
}
